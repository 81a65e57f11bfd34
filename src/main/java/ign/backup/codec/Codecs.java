package ign.backup.codec;

import ign.backup.model.BackupException;
import ign.backup.model.BlockCodec;
import ign.backup.model.Compression;

/** Finds the codec for each compression. */
public final class Codecs {

    /** Higher levels of zstd need a window that {@link ZstdInput} refuses to allocate for a file of unknown origin. */
    private static final int HIGHEST_ZSTD_LEVEL = 19;

    private static final int HIGHEST_GZIP_LEVEL = 9;

    private Codecs() {}

    /**
     * {@return the codec with the level that suits backups: 1 for zstd, which is faster than most disks, and 6 for gzip}
     *
     * @param compression what wraps the document
     */
    public static BlockCodec of(Compression compression) {
        return of(compression, compression == Compression.GZIP ? 6 : 1);
    }

    /**
     * {@return the codec with a level of its own}
     *
     * @param level 1 to 19 for zstd, 1 to 9 for gzip; without meaning for a plain file
     * @throws BackupException.BadRequest for a level outside of that
     */
    public static BlockCodec of(Compression compression, int level) {
        return switch (compression) {
            case NONE -> new PlainCodec();
            case ZSTD -> new ZstdCodec(checked(compression, level, HIGHEST_ZSTD_LEVEL));
            case GZIP -> new GzipCodec(checked(compression, level, HIGHEST_GZIP_LEVEL));
        };
    }

    private static int checked(Compression compression, int level, int highest) {
        if (level < 1 || level > highest) {
            throw new BackupException.BadRequest(
                    "compression '" + compression.label() + "' has no level " + level,
                    "Use a level from 1 to " + highest + "; 1 is the fastest.");
        }
        return level;
    }
}
