package ign.backup.operation;

import ign.backup.graph.build.BuildOptions;
import java.time.Duration;

/**
 * How backups are restored on this server, whoever asks.
 *
 * @param build what the building of a new store may take
 * @param mergeBatch most elements in one transaction of a merge
 * @param callerGrace how long a restore waits for its own caller's transaction to end
 * @param transactionGrace how long the transactions that are open at the swap may go on
 * @param indexTimeout how long indexes may take to come online
 * @param keepOldStore how long the store that was replaced is kept
 */
public record RestoreSettings(
        BuildOptions build,
        int mergeBatch,
        Duration callerGrace,
        Duration transactionGrace,
        Duration indexTimeout,
        Duration keepOldStore) {}
