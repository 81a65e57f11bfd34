package ign.backup.operation;

import ign.backup.codec.Codecs;
import ign.backup.codec.DigestingInput;
import ign.backup.model.BackupException;
import ign.backup.model.BlockCodec;
import ign.backup.model.Digest;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.storage.StoredBackup;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.BiFunction;
import java.util.function.Function;

/** The document inside a stored backup, read once from its beginning, and the digest of the bytes that were read for it. */
final class StoredDocument {

    private final StoredBackup stored;
    private final DigestingInput bytes;

    /** {@code progress} advances by the stored bytes; closing {@code stored} stays with the caller. */
    StoredDocument(StoredBackup stored, StopSignal stop, Progress progress) {
        this.stored = stored;
        this.bytes = new DigestingInput(new WatchedInput(stored.stream(), stop, progress));
    }

    /** {@return what {@code reader} makes of the unpacked document} */
    <T> T read(Function<InputStream, T> reader) {
        try (var document = Codecs.of(stored.name().compression()).unpack(bytes)) {
            return reader.apply(document);
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    /** {@return what {@code reader} makes of the stored bytes, which it unpacks itself} */
    <T> T readStored(BiFunction<BlockCodec, InputStream, T> reader) {
        return reader.apply(Codecs.of(stored.name().compression()), bytes);
    }

    /** {@return the SHA-256 of all stored bytes; reads those that are left, also after a reader has given up} */
    Digest digest() {
        try {
            bytes.readToEnd();
        } catch (IOException e) {
            throw unreadable(e);
        }
        return bytes.digest();
    }

    private BackupException unreadable(IOException cause) {
        return new BackupException.Unavailable(
                "backup '" + stored.name() + "' cannot be read: " + cause.getMessage(),
                "Check the disk that holds the backup folder.",
                cause);
    }
}
