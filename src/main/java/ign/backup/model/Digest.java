package ign.backup.model;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** A SHA-256 of bytes as they are stored, in 64 lower-case hexadecimal digits. */
public record Digest(String hex) {

    private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

    public Digest {
        if (!SHA_256.matcher(hex).matches()) {
            throw new BackupException.Damaged(
                    "'" + hex + "' is not a SHA-256 digest", "64 hexadecimal digits in lower case are expected.");
        }
    }

    /** {@return the digest with these 32 bytes} */
    public static Digest of(byte[] sha256) {
        return new Digest(HexFormat.of().formatHex(sha256));
    }

    @Override
    public String toString() {
        return hex;
    }
}
