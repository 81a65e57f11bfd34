package ign.backup.model;

/**
 * Where a database stands.
 *
 * @param nodes number of nodes
 * @param relationships number of relationships
 * @param storeId tells this store from every other one, also from its own predecessor before a restore
 * @param lastTxId id of the last committed transaction
 * @param neo4jVersion for example {@code 5.26.30}
 */
public record GraphState(
        DatabaseName database, long nodes, long relationships, String storeId, long lastTxId, String neo4jVersion) {}
