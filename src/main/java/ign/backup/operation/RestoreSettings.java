package ign.backup.operation;

import java.time.Duration;

/**
 * How backups are restored on this server, whoever asks.
 *
 * @param batchSize most elements in one transaction
 * @param callerGrace how long a restore waits for its own caller's transaction to end
 * @param indexTimeout how long indexes may take to come online
 */
public record RestoreSettings(int batchSize, Duration callerGrace, Duration indexTimeout) {}
