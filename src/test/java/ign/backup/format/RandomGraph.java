package ign.backup.format;

import ign.backup.model.GraphDuration;
import ign.backup.model.GraphPoint;
import ign.backup.model.ValueType;
import java.lang.reflect.Array;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;

/** Graphs of all value types, made from a seed. */
final class RandomGraph {

    private static final String[] NAMES = {"a", "name", "_id", "$type", "_", "ä b", "\ud83d\ude00", "`x`", "\u2028", "A"
    };
    private static final ZoneId[] ZONES = {
        ZoneId.of("Europe/Paris"),
        ZoneId.of("America/New_York"),
        ZoneOffset.UTC,
        ZoneOffset.ofHoursMinutes(5, 30),
        ZoneId.of("Etc/UTC")
    };
    private static final int[] SRIDS = {7203, 9157, 4326, 4979};

    private final SplittableRandom random;

    private RandomGraph(long seed) {
        random = new SplittableRandom(seed);
    }

    static SampleGraph of(long seed) {
        return new RandomGraph(seed).graph();
    }

    private SampleGraph graph() {
        var graph = new SampleGraph();
        int nodes = random.nextInt(60);
        long id = 0;
        for (int i = 0; i < nodes; i++) {
            id += 1 + random.nextInt(random.nextInt(20) == 0 ? 1_000_000_000 : 3);
            var labels = new TreeSet<String>();
            for (int labelCount = random.nextInt(4); labelCount > 0; labelCount--) {
                labels.add(name());
            }
            graph.nodes().add(new SampleGraph.Node(id, labels, properties()));
        }
        for (int i = nodes == 0 ? 0 : random.nextInt(100); i > 0; i--) {
            graph.relationships()
                    .add(new SampleGraph.Relationship(i, name(), anyNode(graph), anyNode(graph), properties()));
        }
        return graph;
    }

    private long anyNode(SampleGraph graph) {
        return graph.nodes().get(random.nextInt(graph.nodes().size())).id();
    }

    private String name() {
        return NAMES[random.nextInt(NAMES.length)];
    }

    private Map<String, Object> properties() {
        var properties = new TreeMap<String, Object>();
        for (int i = random.nextInt(6); i > 0; i--) {
            var type = List.of(ValueType.values()).get(random.nextInt(ValueType.values().length));
            properties.put(name(), random.nextBoolean() ? scalar(type, srid()) : array(type));
        }
        return properties;
    }

    private Object array(ValueType type) {
        int length = random.nextInt(random.nextInt(5) == 0 ? 70 : 5) + (type == ValueType.POINT ? 1 : 0);
        var array = Array.newInstance(type.arrayClass().getComponentType(), length);
        int srid = srid();
        for (int i = 0; i < length; i++) {
            Array.set(array, i, scalar(type, srid));
        }
        return array;
    }

    private Object scalar(ValueType type, int srid) {
        return switch (type) {
            case BOOLEAN -> random.nextBoolean();
            case BYTE -> (byte) random.nextInt();
            case SHORT -> (short) random.nextInt();
            case INT -> random.nextInt();
            case LONG -> random.nextLong() >> random.nextInt(64);
            case FLOAT -> Float.intBitsToFloat(random.nextInt());
            case DOUBLE ->
                random.nextBoolean() ? Double.longBitsToDouble(random.nextLong()) : random.nextInt(10_000) / 100.0;
            case CHAR -> (char) random.nextInt();
            case STRING -> text();
            case DATE -> LocalDate.ofEpochDay(random.nextLong(-700_000_000L, 700_000_000L));
            case LOCAL_TIME -> time();
            case TIME -> OffsetTime.of(time(), ZoneOffset.ofTotalSeconds(random.nextInt(-64_800, 64_801)));
            case LOCAL_DATE_TIME ->
                LocalDateTime.of(LocalDate.ofEpochDay(random.nextLong(-700_000_000L, 700_000_000L)), time());
            case DATE_TIME ->
                ZonedDateTime.ofInstant(
                        Instant.ofEpochSecond(
                                random.nextLong(-6_000_000_000L, 6_000_000_000L), random.nextInt(1_000_000_000)),
                        ZONES[random.nextInt(ZONES.length)]);
            case DURATION ->
                new GraphDuration(
                        random.nextLong() >> random.nextInt(64),
                        random.nextLong() >> random.nextInt(64),
                        random.nextLong() >> random.nextInt(64),
                        random.nextBoolean() ? 0 : random.nextInt(1_000_000_000));
            case POINT -> {
                var coordinates = new double[GraphPoint.dimensionOf(srid)];
                for (int i = 0; i < coordinates.length; i++) {
                    coordinates[i] = random.nextDouble(-90, 90);
                }
                yield new GraphPoint(srid, coordinates);
            }
        };
    }

    private int srid() {
        return SRIDS[random.nextInt(SRIDS.length)];
    }

    private LocalTime time() {
        return LocalTime.ofNanoOfDay(random.nextLong(86_400_000_000_000L));
    }

    private String text() {
        var text = new StringBuilder();
        for (int i = random.nextInt(20); i > 0; i--) {
            int point = random.nextInt(random.nextBoolean() ? 0x80 : 0x110000);
            if (point < Character.MIN_SURROGATE || point > Character.MAX_SURROGATE) {
                text.appendCodePoint(point);
            }
        }
        return text.toString();
    }
}
