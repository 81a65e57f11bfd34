package ign.backup.graph.kernel;

import ign.backup.model.ElementWriter;
import ign.backup.model.GraphDuration;
import ign.backup.model.GraphPoint;
import ign.backup.model.GraphSink.Name;
import ign.backup.model.ValueType;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAmount;
import java.util.Arrays;
import org.neo4j.graphdb.spatial.Point;
import org.neo4j.values.storable.BooleanValue;
import org.neo4j.values.storable.CharValue;
import org.neo4j.values.storable.CoordinateReferenceSystem;
import org.neo4j.values.storable.DoubleValue;
import org.neo4j.values.storable.DurationValue;
import org.neo4j.values.storable.LongValue;
import org.neo4j.values.storable.PointValue;
import org.neo4j.values.storable.TextValue;
import org.neo4j.values.storable.UTF8StringValue;
import org.neo4j.values.storable.Value;
import org.neo4j.values.storable.Values;

/** Property values between Neo4j's classes and those of {@link ValueType}, both ways, with the same stored type and bits. */
public final class StoredValues {

    private StoredValues() {}

    /**
     * Shows a stored value to a writer.
     *
     * @return false, with nothing written, for a type that Neo4j Community cannot store
     */
    public static boolean show(Value value, Name key, ElementWriter writer) {
        if (value instanceof LongValue number) {
            writer.property(key, number.value());
        } else if (value instanceof DoubleValue number) {
            writer.property(key, number.value());
        } else if (value instanceof BooleanValue truth) {
            writer.property(key, truth.booleanValue());
        } else if (value instanceof UTF8StringValue text) {
            writer.utf8Property(key, text.bytes());
        } else if (value instanceof TextValue text && !(value instanceof CharValue)) {
            writer.property(key, text.stringValue());
        } else {
            return showAsObject(value.asObject(), key, writer);
        }
        return true;
    }

    private static boolean showAsObject(Object value, Name key, ElementWriter writer) {
        var ours = toOurs(value);
        if (ValueType.of(ours).isEmpty()) {
            return false;
        }
        writer.property(key, ours);
        return true;
    }

    private static Object toOurs(Object value) {
        if (value instanceof Point point) {
            return toOurs(point);
        }
        if (value instanceof TemporalAmount amount) {
            return toOurs(amount);
        }
        if (value instanceof Point[] points) {
            return Arrays.stream(points).map(StoredValues::toOurs).toArray(GraphPoint[]::new);
        }
        if (value instanceof TemporalAmount[] amounts) {
            return Arrays.stream(amounts).map(StoredValues::toOurs).toArray(GraphDuration[]::new);
        }
        return value;
    }

    private static GraphPoint toOurs(Point point) {
        return new GraphPoint(
                point.getCRS().getCode(), ((PointValue) point).coordinate().clone());
    }

    private static GraphDuration toOurs(TemporalAmount amount) {
        return new GraphDuration(
                amount.get(ChronoUnit.MONTHS), amount.get(ChronoUnit.DAYS), amount.get(ChronoUnit.SECONDS), (int)
                        amount.get(ChronoUnit.NANOS));
    }

    /** {@return the value to store for one of the classes of {@link ValueType}} */
    public static Value toStored(Object value) {
        if (value instanceof GraphPoint point) {
            return toStored(point);
        }
        if (value instanceof GraphDuration duration) {
            return toStored(duration);
        }
        if (value instanceof GraphPoint[] points) {
            return Values.of(Arrays.stream(points).map(StoredValues::toStored).toArray(PointValue[]::new));
        }
        if (value instanceof GraphDuration[] durations) {
            return Values.of(
                    Arrays.stream(durations).map(StoredValues::toStored).toArray(DurationValue[]::new));
        }
        return Values.of(value);
    }

    private static PointValue toStored(GraphPoint point) {
        return Values.pointValue(CoordinateReferenceSystem.get(point.srid()), point.toArray());
    }

    private static DurationValue toStored(GraphDuration duration) {
        return DurationValue.duration(duration.months(), duration.days(), duration.seconds(), duration.nanos());
    }
}
