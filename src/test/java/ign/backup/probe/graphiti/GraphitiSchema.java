package ign.backup.probe.graphiti;

import java.util.List;

/** The 31 indexes that Graphiti 0.29 creates when it starts; it has no constraints and no vector indexes. */
public final class GraphitiSchema {

    /** In its order. */
    public static final List<String> STATEMENTS = List.of(
            "CREATE INDEX entity_uuid FOR (n:Entity) ON (n.uuid)",
            "CREATE INDEX episode_uuid FOR (n:Episodic) ON (n.uuid)",
            "CREATE INDEX community_uuid FOR (n:Community) ON (n.uuid)",
            "CREATE INDEX saga_uuid FOR (n:Saga) ON (n.uuid)",
            "CREATE INDEX relation_uuid FOR ()-[e:RELATES_TO]-() ON (e.uuid)",
            "CREATE INDEX mention_uuid FOR ()-[e:MENTIONS]-() ON (e.uuid)",
            "CREATE INDEX has_member_uuid FOR ()-[e:HAS_MEMBER]-() ON (e.uuid)",
            "CREATE INDEX has_episode_uuid FOR ()-[e:HAS_EPISODE]-() ON (e.uuid)",
            "CREATE INDEX next_episode_uuid FOR ()-[e:NEXT_EPISODE]-() ON (e.uuid)",
            "CREATE INDEX entity_group_id FOR (n:Entity) ON (n.group_id)",
            "CREATE INDEX episode_group_id FOR (n:Episodic) ON (n.group_id)",
            "CREATE INDEX community_group_id FOR (n:Community) ON (n.group_id)",
            "CREATE INDEX saga_group_id FOR (n:Saga) ON (n.group_id)",
            "CREATE INDEX relation_group_id FOR ()-[e:RELATES_TO]-() ON (e.group_id)",
            "CREATE INDEX mention_group_id FOR ()-[e:MENTIONS]-() ON (e.group_id)",
            "CREATE INDEX has_episode_group_id FOR ()-[e:HAS_EPISODE]-() ON (e.group_id)",
            "CREATE INDEX next_episode_group_id FOR ()-[e:NEXT_EPISODE]-() ON (e.group_id)",
            "CREATE INDEX name_entity_index FOR (n:Entity) ON (n.name)",
            "CREATE INDEX saga_name FOR (n:Saga) ON (n.name)",
            "CREATE INDEX created_at_entity_index FOR (n:Entity) ON (n.created_at)",
            "CREATE INDEX created_at_episodic_index FOR (n:Episodic) ON (n.created_at)",
            "CREATE INDEX valid_at_episodic_index FOR (n:Episodic) ON (n.valid_at)",
            "CREATE INDEX name_edge_index FOR ()-[e:RELATES_TO]-() ON (e.name)",
            "CREATE INDEX created_at_edge_index FOR ()-[e:RELATES_TO]-() ON (e.created_at)",
            "CREATE INDEX expired_at_edge_index FOR ()-[e:RELATES_TO]-() ON (e.expired_at)",
            "CREATE INDEX valid_at_edge_index FOR ()-[e:RELATES_TO]-() ON (e.valid_at)",
            "CREATE INDEX invalid_at_edge_index FOR ()-[e:RELATES_TO]-() ON (e.invalid_at)",
            "CREATE FULLTEXT INDEX episode_content FOR (e:Episodic) ON EACH [e.content, e.source, e.source_description, e.group_id]",
            "CREATE FULLTEXT INDEX node_name_and_summary FOR (n:Entity) ON EACH [n.name, n.summary, n.group_id]",
            "CREATE FULLTEXT INDEX community_name FOR (n:Community) ON EACH [n.name, n.group_id]",
            "CREATE FULLTEXT INDEX edge_name_and_fact FOR ()-[e:RELATES_TO]-() ON EACH [e.name, e.fact, e.group_id]");

    private GraphitiSchema() {}
}
