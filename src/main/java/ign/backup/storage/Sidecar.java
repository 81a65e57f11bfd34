package ign.backup.storage;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;

/** The file beside a backup that {@code sha256sum -c} understands: one line of digest and name. */
final class Sidecar {

    static final String ENDING = ".sha256";
    static final int MAX_BYTES = 4096;

    /** Two blanks for text, blank and asterisk for binary: the same on every system that has this tool today. */
    private static final Pattern LINE = Pattern.compile("([0-9A-Fa-f]{64}) [ *]([^\\r\\n]{1,255})\\s*");

    private Sidecar() {}

    static String fileName(BackupName name) {
        return name + ENDING;
    }

    static byte[] write(BackupName name, Digest digest) {
        return (digest + "  " + name + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    static Digest read(BackupName name, byte[] bytes) {
        var line = LINE.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        if (!line.matches()) {
            throw damaged(name, "is not one line of digest and name");
        }
        if (!line.group(2).equals(name.value())) {
            throw damaged(name, "names another file than '" + name + "'");
        }
        return new Digest(line.group(1).toLowerCase(Locale.ROOT));
    }

    static BackupException.Damaged damaged(BackupName name, String what) {
        return new BackupException.Damaged(
                "the digest file '" + fileName(name) + "' " + what,
                "Compare the backup with a digest you trust, such as that of CALL ign.backup.info('" + name
                        + "'); if it fits, remove the digest file.");
    }
}
