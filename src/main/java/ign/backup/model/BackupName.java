package ign.backup.model;

import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The file name of a backup inside its folder, never a path.
 *
 * <p>Allowed are up to 128 letters, digits, dots, hyphens and underscores, not starting with a dot, and one of the endings of
 * {@link Compression}. So no name can lead out of the folder, whoever wrote it.
 */
public record BackupName(String value) implements Comparable<BackupName> {

    private static final Pattern ALLOWED = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,127}");

    public BackupName {
        if (!isBackupName(value)) {
            throw new BackupException.BadRequest(
                    "'" + printable(value) + "' is not the name of a backup file",
                    "Give a name inside the backup folder, not a path: up to 128 letters, digits, '.', '-' and '_', ending in "
                            + Compression.endings() + "; CALL ign.backup.list() shows the names.");
        }
    }

    /** {@return whether a file of this name can be a backup} */
    public static boolean isBackupName(String value) {
        return ALLOWED.matcher(value).matches() && Compression.ofFile(value).isPresent();
    }

    /** {@return how the file is compressed, by its ending} */
    public Compression compression() {
        return Compression.ofFile(value).orElseThrow();
    }

    @Override
    public int compareTo(BackupName other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }

    private static String printable(String value) {
        var shown = value.length() > 160 ? value.substring(0, 160) + "…" : value;
        return shown.chars()
                .mapToObj(c ->
                        Character.isISOControl(c) ? String.format(Locale.ROOT, "\\u%04x", c) : String.valueOf((char) c))
                .collect(Collectors.joining());
    }
}
