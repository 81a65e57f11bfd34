package ign.backup.notify;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key that must not be seen: neither in a log nor in a message. */
public final class Secret {

    private final byte[] key;

    private Secret(byte[] key) {
        this.key = key;
    }

    /**
     * {@return the key in a file, without white space at its ends}
     *
     * @throws BackupException.Unavailable when the file cannot be read, or is empty
     */
    public static Secret read(Path file) {
        try {
            var key = Files.readString(file).strip();
            if (key.isEmpty()) {
                throw new BackupException.Unavailable("'" + file + "' is empty", "Write the key into that file.");
            }
            return new Secret(key.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "'" + file + "' cannot be read: " + e,
                    "Write the key into that file, for the server's user to read.",
                    e);
        }
    }

    byte[] bytes() {
        return key.clone();
    }

    @Override
    public String toString() {
        return "a secret";
    }
}
