package ign.backup.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What wraps the JSON document of a backup file. */
public enum Compression {
    NONE("none", ".json"),
    ZSTD("zstd", ".json.zst"),
    GZIP("gzip", ".json.gz");

    private final String label;
    private final String ending;

    Compression(String label, String ending) {
        this.label = label;
        this.ending = ending;
    }

    /** {@return the word used in options, settings and rows} */
    public String label() {
        return label;
    }

    /** {@return the end of the file name, with its leading dot} */
    public String ending() {
        return ending;
    }

    /**
     * {@return the compression a user means; {@code zst} and {@code gz} are accepted spellings}
     *
     * @throws BackupException.BadRequest for any other word
     */
    public static Compression of(String word) {
        return switch (word.toLowerCase(Locale.ROOT)) {
            case "none" -> NONE;
            case "zstd", "zst" -> ZSTD;
            case "gzip", "gz" -> GZIP;
            default ->
                throw new BackupException.BadRequest(
                        "compression '" + word + "' is not known", "Use one of 'none', 'zstd', 'gzip'.");
        };
    }

    /** {@return the compression a file name announces, or empty when it is no name of a backup} */
    public static Optional<Compression> ofFile(String fileName) {
        return Arrays.stream(values()).filter(c -> fileName.endsWith(c.ending)).findFirst();
    }

    static String endings() {
        return Arrays.stream(values()).map(c -> "'" + c.ending + "'").collect(Collectors.joining(", "));
    }
}
