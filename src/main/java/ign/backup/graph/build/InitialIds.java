package ign.backup.graph.build;

import org.neo4j.batchimport.api.AdditionalInitialIds;
import org.neo4j.internal.batchimport.DefaultAdditionalIds;

/**
 * The ids of a new store as of every one, but for that of its last transaction.
 *
 * @param lastCommittedTransactionId above all that clients have seen: one that has a bookmark waits until the database has come
 *     that far
 */
record InitialIds(long lastCommittedTransactionId) implements AdditionalInitialIds {

    @Override
    public int lastCommittedTransactionChecksum() {
        return DefaultAdditionalIds.EMPTY.lastCommittedTransactionChecksum();
    }

    @Override
    public long lastCommittedTransactionLogVersion() {
        return DefaultAdditionalIds.EMPTY.lastCommittedTransactionLogVersion();
    }

    @Override
    public long lastCommittedTransactionLogByteOffset() {
        return DefaultAdditionalIds.EMPTY.lastCommittedTransactionLogByteOffset();
    }

    @Override
    public long checkpointLogVersion() {
        return DefaultAdditionalIds.EMPTY.checkpointLogVersion();
    }

    @Override
    public long lastAppendIndex() {
        return DefaultAdditionalIds.EMPTY.lastAppendIndex();
    }

    @Override
    public long lastCommittedTransactionAppendIndex() {
        return DefaultAdditionalIds.EMPTY.lastCommittedTransactionAppendIndex();
    }
}
