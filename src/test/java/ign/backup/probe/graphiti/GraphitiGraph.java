package ign.backup.probe.graphiti;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A graph as Graphiti 0.29 builds it from a year of episodes: labels, types, property names and property types are its own; sizes and
 * shares are those of published graphs. About three entities, seven facts and six mentions come with an episode; entity 0, the user,
 * is mentioned by most and becomes a node with more than two relationships per episode.
 *
 * <p>One group, and nothing that is wrong with it: dangling references, duplicates, communities and backfilled times do not occur.
 */
public final class GraphitiGraph {

    private static final int EPISODES_PER_BATCH = 100;
    private static final int EPISODES_PER_SAGA = 50;
    private static final double NEW_ENTITY = 0.52;
    private static final double HUB = 0.6;
    private static final double FACTS_PER_MENTION = 1.45;
    private static final double REAFFIRM = 0.08;
    private static final int REAFFIRMABLE = 2_000;
    private static final double INVALIDATE = 0.35;
    private static final double TYPED = 0.6;

    private static final LocalDateTime START = LocalDateTime.of(2025, 1, 1, 0, 0);
    private static final Duration SPAN = Duration.ofDays(365);
    private static final String GROUP = "main";
    private static final String[] TYPES = {
        "Preference", "Requirement", "Procedure", "Location", "Event", "Organization", "Document", "Topic", "Object"
    };
    private static final String[] RELATIONS = {
        "WORKS_AT",
        "LIVES_IN",
        "LIKES",
        "USES",
        "KNOWS",
        "MENTIONED",
        "LOCATED_IN",
        "PART_OF",
        "PLANS_TO",
        "OWNS",
        "REQUIRES",
        "DISCUSSED_WITH"
    };

    private final int episodes;
    private final int dimensions;
    private final Dice dice;
    private final GraphTarget target;

    private int nodes;
    private int relationships;
    private final List<Entity> entities = new ArrayList<>();
    private final List<Fact> facts = new ArrayList<>();
    /** Entities as they were mentioned, one after the other: to draw from it is to prefer those mentioned often. */
    private int[] mentions = new int[1024];

    private int mentionCount;
    private int saga;
    private Episode previous;

    private GraphitiGraph(int episodes, int dimensions, long seed, GraphTarget target) {
        this.episodes = episodes;
        this.dimensions = dimensions;
        this.dice = new Dice(seed);
        this.target = target;
    }

    /**
     * Makes a graph.
     *
     * @param dimensions of every embedding; 0 for none
     * @param seed of everything, UUIDs included
     */
    public static void write(int episodes, int dimensions, long seed, GraphTarget target) {
        var graph = new GraphitiGraph(episodes, dimensions, seed, target);
        for (int number = 0; number < episodes; number++) {
            graph.episode(number);
            if ((number + 1) % EPISODES_PER_BATCH == 0) {
                target.batchEnds();
            }
        }
        target.batchEnds();
    }

    /** An episode while it is written; {@code created} is when the system learned of it. */
    private record Episode(int node, UUID uuid, LocalDateTime valid, LocalDateTime created, Set<String> edges) {}

    private record Entity(int node, UUID uuid) {}

    /** A fact; its episodes are forgotten when nothing can be added to them any more. */
    private static final class Fact {
        private final int relationship;
        private final UUID uuid;
        private String[] episodes;
        private boolean expired;

        Fact(int relationship, UUID uuid, Episode episode) {
            this.relationship = relationship;
            this.uuid = uuid;
            this.episodes = new String[] {episode.uuid().toString()};
        }
    }

    private void episode(int number) {
        var source = Source.draw(dice);
        var valid = START.plusSeconds(SPAN.toSeconds() * number / episodes).plusNanos(dice.below(30_000) * 1_000_000L);
        var created = valid.plusNanos(dice.below(1_000_000) * 1_000L);
        var properties = element(dice.uuid(), created);
        properties.put("name", "Message " + number);
        properties.put("source", source.name().toLowerCase(Locale.ROOT));
        properties.put("source_description", source.description());
        properties.put("content", source.content(dice));
        properties.put("valid_at", dice.chance(0.01) ? valid : zoned(valid));
        var uuid = UUID.fromString((String) properties.get("uuid"));
        var episode = new Episode(node(properties, "Episodic"), uuid, valid, created, new LinkedHashSet<>());

        int factsBefore = facts.size();
        var mentioned = mention(episode, source.mentions(dice));
        state(episode, mentioned);
        if (factsBefore > 0 && dice.chance(INVALIDATE)) {
            invalidate(episode, factsBefore);
        }
        target.setOnNode(episode.node(), "entity_edges", episode.edges().toArray(String[]::new));
        chain(episode, number);
    }

    /** Mentions so many entities, some of them twice; {@return those that are mentioned} */
    private List<Entity> mention(Episode episode, int count) {
        var numbers = new LinkedHashSet<Integer>();
        if (dice.chance(HUB)) {
            numbers.add(entities.isEmpty() ? entity(episode) : 0);
        }
        for (int i = numbers.size(); i < count; i++) {
            boolean known = mentionCount > 0 && !dice.chance(NEW_ENTITY);
            numbers.add(known ? mentions[dice.below(mentionCount)] : entity(episode));
        }
        var mentioned = new ArrayList<Entity>();
        for (int number : numbers) {
            if (mentionCount == mentions.length) {
                mentions = Arrays.copyOf(mentions, 2 * mentionCount);
            }
            mentions[mentionCount++] = number;
            var entity = entities.get(number);
            relationship(episode.node(), "MENTIONS", entity.node(), element(dice.uuid(), episode.created()));
            mentioned.add(entity);
        }
        return mentioned;
    }

    /** Creates an entity; {@return its place among the entities} */
    private int entity(Episode episode) {
        var uuid = dice.uuid();
        var properties = element(uuid, episode.created());
        properties.put("name", dice.text(13, 0.45, 60));
        properties.put("summary", dice.text(330, 0.8, 2_000));
        embed(properties, "name_embedding");
        int node;
        if (dice.chance(TYPED)) {
            var type = TYPES[dice.below(TYPES.length)];
            properties.put("labels", new String[] {type, "Entity"});
            properties.put("category", dice.text(18));
            if (dice.chance(0.5)) {
                properties.put("importance", (long) dice.below(10));
            }
            if (dice.chance(0.25)) {
                properties.put("aliases", new String[] {dice.text(13), dice.text(13)});
            }
            node = node(properties, "Entity", type);
        } else {
            properties.put("labels", new String[] {"Entity"});
            node = node(properties, "Entity");
        }
        entities.add(new Entity(node, uuid));
        return entities.size() - 1;
    }

    /** States facts about pairs of what is mentioned, or affirms recent ones; a pair of one and the same states nothing. */
    private void state(Episode episode, List<Entity> mentioned) {
        int count = dice.poisson(FACTS_PER_MENTION * mentioned.size());
        for (int i = 0; i < count; i++) {
            if (!facts.isEmpty() && dice.chance(REAFFIRM)) {
                affirm(episode);
                continue;
            }
            var start = mentioned.get(dice.below(mentioned.size()));
            var end = mentioned.get(dice.below(mentioned.size()));
            if (!start.equals(end)) {
                fact(episode, start, end);
            }
        }
    }

    private void affirm(Episode episode) {
        int recent = Math.min(facts.size(), REAFFIRMABLE);
        var fact = facts.get(facts.size() - 1 - dice.below(recent));
        int length = fact.episodes.length;
        fact.episodes = Arrays.copyOf(fact.episodes, length + 1);
        fact.episodes[length] = episode.uuid().toString();
        target.setOnRelationship(fact.relationship, "episodes", fact.episodes);
        episode.edges().add(fact.uuid.toString());
    }

    private void fact(Episode episode, Entity start, Entity end) {
        var uuid = dice.uuid();
        var properties = element(uuid, episode.created());
        properties.put("name", RELATIONS[(int) (RELATIONS.length * dice.share() * dice.share())]);
        properties.put("fact", dice.text(85, 0.4, 400));
        embed(properties, "fact_embedding");
        properties.put("source_node_uuid", start.uuid().toString());
        properties.put("target_node_uuid", end.uuid().toString());
        properties.put("reference_time", zoned(episode.valid()));
        if (dice.chance(0.7)) {
            properties.put("valid_at", zoned(episode.valid()));
        }
        if (dice.chance(0.06)) {
            properties.put("invalid_at", zoned(episode.valid().plusDays(dice.below(90))));
        }
        var fact = new Fact(relationships, uuid, episode);
        properties.put("episodes", fact.episodes);
        relationship(start.node(), "RELATES_TO", end.node(), properties);
        facts.add(fact);
        if (facts.size() > REAFFIRMABLE) {
            facts.get(facts.size() - 1 - REAFFIRMABLE).episodes = null;
        }
        episode.edges().add(uuid.toString());
    }

    /** Lets a fact that was known before this episode be true no longer; at most one in twenty is not already. */
    private void invalidate(Episode episode, int factsBefore) {
        var fact = facts.get(dice.below(factsBefore));
        if (fact.expired) {
            return;
        }
        fact.expired = true;
        target.setOnRelationship(fact.relationship, "expired_at", zoned(episode.created()));
        target.setOnRelationship(fact.relationship, "invalid_at", zoned(episode.valid()));
        episode.edges().add(fact.uuid.toString());
    }

    /** Adds the episode to the saga, or begins the next one. */
    private void chain(Episode episode, int number) {
        boolean first = number % EPISODES_PER_SAGA == 0;
        if (first) {
            int count = number / EPISODES_PER_SAGA;
            var properties = element(dice.uuid(), episode.valid());
            properties.put("name", "Saga " + count);
            properties.put("summary", count % 2 == 0 ? dice.text(600) : "");
            properties.put("first_episode_uuid", episode.uuid().toString());
            saga = node(properties, "Saga");
        } else {
            relationship(previous.node(), "NEXT_EPISODE", episode.node(), element(dice.uuid(), episode.created()));
        }
        relationship(saga, "HAS_EPISODE", episode.node(), element(dice.uuid(), episode.created()));
        target.setOnNode(saga, "last_episode_uuid", episode.uuid().toString());
        previous = episode;
    }

    private static Map<String, Object> element(UUID uuid, LocalDateTime created) {
        var properties = new HashMap<String, Object>();
        properties.put("uuid", uuid.toString());
        properties.put("group_id", GROUP);
        properties.put("created_at", zoned(created));
        return properties;
    }

    private void embed(Map<String, Object> properties, String key) {
        if (dimensions > 0) {
            properties.put(key, dice.vector(dimensions));
        }
    }

    private int node(Map<String, Object> properties, String... labels) {
        target.node(properties, labels);
        return nodes++;
    }

    private void relationship(int start, String type, int end, Map<String, Object> properties) {
        target.relationship(start, type, end, properties);
        relationships++;
    }

    private static ZonedDateTime zoned(LocalDateTime time) {
        return time.atZone(ZoneOffset.UTC);
    }
}
