package ign.backup.storage;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A text that an operator has put into the backup folder, in UTF-8. Links are not followed. */
public final class TextFile {

    private static final int LARGEST_BYTES = 16 << 20;

    private final Path path;
    private final Folder folder;

    /** The file {@code name} in {@code folder}, which may be a link. */
    public TextFile(Path folder, String name) {
        this.path = folder.resolve(name);
        this.folder = new Folder(folder, true, new LocalDisk());
    }

    /** {@return its name} */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** {@return whether it is there; what is no regular file is refused} */
    public boolean exists() {
        return folder.existing()
                .map(place -> Folder.isFile(place.resolve(name())))
                .orElse(false);
    }

    /** {@return what is in it; empty when it is not there} */
    public Optional<String> read() {
        try {
            if (Files.exists(path) && Files.size(path) > LARGEST_BYTES) {
                throw new BackupException.BadRequest(
                        "'" + path + "' has " + Files.size(path) + " bytes",
                        "Keep it below " + LARGEST_BYTES + " bytes; bring more data along as 'initial_backup.json'.");
            }
        } catch (IOException e) {
            throw DiskFailure.reading(path, e);
        }
        return folder.read(name(), LARGEST_BYTES).map(this::decoded);
    }

    private String decoded(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new BackupException.BadRequest("'" + path + "' is not a text in UTF-8", "Save it in UTF-8.", e);
        }
    }
}
