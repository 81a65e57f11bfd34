package ign.backup.operation;

import ign.backup.model.Compression;
import ign.backup.model.Tier;
import ign.backup.policy.BackupNaming;
import java.util.function.Function;
import java.util.function.ToIntFunction;

/**
 * How backups are made on this server, whoever asks.
 *
 * @param source who makes them, for the header
 * @param pluginVersion for the header
 * @param threads how many threads read, encode and pack
 * @param compression of a tier, unless the caller names one
 * @param level of a compression
 */
public record CreateSettings(
        BackupNaming naming,
        String source,
        String pluginVersion,
        int threads,
        Function<Tier, Compression> compression,
        ToIntFunction<Compression> level) {}
