package ign.backup.format;

import ign.backup.model.BackupException;
import java.util.regex.Pattern;

/**
 * The version of a document: a reader of 1.1 reads every 1.x, and nothing else.
 *
 * @param text as it stands in the header
 */
record FormatVersion(String text, int minor) {

    private static final Pattern FORM = Pattern.compile("(\\d{1,6})\\.(\\d{1,6})(?:\\.\\d{1,6})?");

    private static final int OWN_MINOR = 1;

    static FormatVersion of(String text) {
        var parts = FORM.matcher(text);
        if (!parts.matches()) {
            throw new BackupException.Damaged(
                    "'" + text + "' is not a format version, expected one like '" + DocumentWriter.VERSION + "'",
                    "The field 'version' of 'metadata' says how to read the file; it must not be missing or changed.");
        }
        if (Integer.parseInt(parts.group(1)) != 1) {
            throw new BackupException.BadRequest(
                    "the backup has format version '" + text + "', and this version of the plugin reads 1.x",
                    "Use the version of the plugin that made the backup, or a newer one.");
        }
        return new FormatVersion(text, Integer.parseInt(parts.group(2)));
    }

    /** {@return whether keys are escaped and values are as strict as our own writer makes them} */
    boolean isStrict() {
        return minor >= 1;
    }

    /** {@return whether fields of the format may stand in it that this reader does not know} */
    boolean isNewer() {
        return minor > OWN_MINOR;
    }
}
