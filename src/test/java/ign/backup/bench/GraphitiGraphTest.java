package ign.backup.bench;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.probe.graphiti.GraphTarget;
import ign.backup.probe.graphiti.GraphitiGraph;
import java.time.LocalDateTime;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Compares the generated graph with what a generator of the same shares gave elsewhere; another seed varies by some per cent. */
class GraphitiGraphTest {

    private static final int EPISODES = 1_000;

    private static final Kept GRAPH = write(0, 42);

    @Test
    void anEpisodeBringsAsManyEntitiesFactsAndMentionsAsInGraphiti() {
        assertThat(perEpisode(GRAPH.labels.getOrDefault("Entity", 0))).isCloseTo(2.96, Offset.offset(0.2));
        assertThat(perEpisode(GRAPH.types.getOrDefault("RELATES_TO", 0))).isCloseTo(6.9, Offset.offset(0.5));
        assertThat(perEpisode(GRAPH.types.getOrDefault("MENTIONS", 0))).isCloseTo(6.1, Offset.offset(0.3));
        assertThat(GRAPH.labels)
                .containsEntry("Episodic", EPISODES)
                .containsEntry("Saga", 20)
                .hasSize(3 + 9);
        assertThat(GRAPH.types)
                .containsEntry("HAS_EPISODE", EPISODES)
                .containsEntry("NEXT_EPISODE", 980)
                .hasSize(4);
    }

    @Test
    void degreesOfEntitiesHaveALongTailThatEndsInTheUser() {
        var degrees = GRAPH.degrees();

        assertThat(degrees.get(degrees.size() / 2)).isBetween(3, 5);
        assertThat(degrees.get(degrees.size() * 90 / 100)).isBetween(9, 13);
        assertThat(degrees.get(degrees.size() * 99 / 100)).isBetween(30, 46);
        assertThat(degrees.get(degrees.size() - 1)).isBetween(2_000, 2_600);
    }

    @Test
    void propertiesHaveTheTypesThatGraphitiStores() {
        var episode = GRAPH.nodes.get(0);
        var fact = GRAPH.facts.get(0);

        assertThat(episode.get("entity_edges")).isInstanceOf(String[].class);
        assertThat(episode.get("valid_at")).isInstanceOfAny(ZonedDateTime.class, LocalDateTime.class);
        assertThat(fact.get("episodes")).isInstanceOf(String[].class);
        assertThat(fact.get("reference_time")).isInstanceOf(ZonedDateTime.class);
        assertThat(fact).doesNotContainKey("fact_embedding");
        var embedded = write(8, 42);
        assertThat((float[]) embedded.facts.get(0).get("fact_embedding")).hasSize(8);
        assertThat((float[]) embedded.nodes.get(1).get("name_embedding")).hasSize(8);
    }

    @Test
    void anEpisodeNamesItsFactsAndAFactItsEpisodes() {
        var named = new HashSet<String>();
        var uuids = new HashSet<String>();
        for (var node : GRAPH.nodes) {
            assertThat(uuids.add((String) node.get("uuid"))).isTrue();
            named.addAll(Arrays.asList((String[]) node.getOrDefault("entity_edges", new String[0])));
        }
        for (var fact : GRAPH.facts) {
            assertThat(uuids.add((String) fact.get("uuid"))).isTrue();
            assertThat(named.remove(fact.get("uuid"))).isTrue();
            assertThat(uuids).contains((String[]) fact.get("episodes"));
            assertThat(!fact.containsKey("expired_at") || fact.containsKey("invalid_at"))
                    .isTrue();
        }
        assertThat(named).isEmpty();
        assertThat(perEpisode((int) GRAPH.facts.stream()
                        .filter(fact -> fact.containsKey("expired_at"))
                        .count()))
                .isCloseTo(0.35, Offset.offset(0.06));
    }

    @Test
    void aSeedMakesTheSameGraphAgain() {
        assertThat(write(0, 42).hash()).isEqualTo(GRAPH.hash());
        assertThat(write(0, 43).hash()).isNotEqualTo(GRAPH.hash());
    }

    private static Kept write(int dimensions, long seed) {
        var kept = new Kept();
        GraphitiGraph.write(EPISODES, dimensions, seed, kept);
        return kept;
    }

    private static double perEpisode(int count) {
        return (double) count / EPISODES;
    }

    /** Keeps a graph in memory. */
    private static final class Kept implements GraphTarget {

        private final List<Map<String, Object>> nodes = new ArrayList<>();
        private final List<Map<String, Object>> relationships = new ArrayList<>();
        private final List<Map<String, Object>> facts = new ArrayList<>();
        private final Map<String, Integer> labels = new HashMap<>();
        private final Map<String, Integer> types = new HashMap<>();
        private final Map<Integer, Integer> degreesOfEntities = new HashMap<>();

        @Override
        public void node(Map<String, Object> properties, String... labelsOfNode) {
            for (var label : labelsOfNode) {
                labels.merge(label, 1, Integer::sum);
            }
            if (labelsOfNode[0].equals("Entity")) {
                degreesOfEntities.put(nodes.size(), 0);
            }
            nodes.add(properties);
        }

        @Override
        public void relationship(int start, String type, int end, Map<String, Object> properties) {
            assertThat(start).isLessThan(nodes.size());
            assertThat(end).isLessThan(nodes.size());
            types.merge(type, 1, Integer::sum);
            degreesOfEntities.computeIfPresent(start, (node, degree) -> degree + 1);
            degreesOfEntities.computeIfPresent(end, (node, degree) -> degree + 1);
            relationships.add(properties);
            if (type.equals("RELATES_TO")) {
                facts.add(properties);
            }
        }

        @Override
        public void setOnNode(int node, String key, Object value) {
            nodes.get(node).put(key, value);
        }

        @Override
        public void setOnRelationship(int relationship, String key, Object value) {
            relationships.get(relationship).put(key, value);
        }

        @Override
        public void batchEnds() {
            assertThat(nodes).isNotEmpty();
        }

        List<Integer> degrees() {
            return degreesOfEntities.values().stream().sorted().toList();
        }

        /** {@return a number that is the same for the same properties in the same order} */
        long hash() {
            long hash = 0;
            for (var elements : List.of(nodes, relationships)) {
                for (var element : elements) {
                    long sum = 0;
                    for (var property : element.entrySet()) {
                        sum += 31L * property.getKey().hashCode()
                                + text(property.getValue()).hashCode();
                    }
                    hash = 31 * hash + sum;
                }
            }
            return hash;
        }

        private static String text(Object value) {
            return value instanceof Object[] list ? Arrays.toString(list) : value.toString();
        }
    }
}
