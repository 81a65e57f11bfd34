package ign.backup.operation;

import ign.backup.model.Compression;
import ign.backup.model.Tier;
import ign.backup.policy.BackupNaming;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * How backups are made on this server, whoever asks.
 *
 * @param source who makes them, for the header
 * @param pluginVersion for the header
 * @param threads how many threads read, encode and pack, and then unpack and check
 * @param compression of a tier, unless the caller names one
 * @param level of a compression
 * @param snapshotMemoryBytes what the old states of changed elements may take
 * @param maxBytesPerSecond how fast a backup may be written and read back
 * @param pauseWrites whether commits wait meanwhile, unless the caller says so or not
 * @param pauseTimeout how long they wait at most, unless the caller names another limit
 * @param episodeLabel the label of the nodes that are episodes
 */
public record CreateSettings(
        BackupNaming naming,
        String source,
        String pluginVersion,
        int threads,
        Function<Tier, Compression> compression,
        ToIntFunction<Compression> level,
        long snapshotMemoryBytes,
        OptionalLong maxBytesPerSecond,
        boolean pauseWrites,
        Duration pauseTimeout,
        String episodeLabel) {}
