package ign.backup.storage;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;

/**
 * A folder taken by one operation of one process: by a lock of the operating system, which dies with the process, and a second file
 * that tells others who holds it. (Reading the locked file itself would give the lock up.)
 */
final class FolderClaim implements Claim {

    private static final String LOCK = ".ign-backup.lock";
    private static final String HOLDER = ".ign-backup.holder";
    private static final int MAX_HOLDER_BYTES = 4096;

    private final Folder folder;
    private final Path place;
    private final FileChannel lock;

    private FolderClaim(Folder folder, Path place, FileChannel lock) {
        this.folder = folder;
        this.place = place;
        this.lock = lock;
    }

    static FolderClaim take(Folder folder, String holder) {
        var place = folder.ready();
        var present = folder.read(HOLDER, MAX_HOLDER_BYTES).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
        if (present.isPresent() && present.get().startsWith(TemporaryFile.processToken() + "\n")) {
            throw busy(place, present.get());
        }
        try {
            Set<OpenOption> options =
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
            var lock = FileChannel.open(place.resolve(LOCK), options, LocalDisk.mode(place, LocalDisk.FILE_MODE));
            var claim = new FolderClaim(folder, place, lock);
            claim.lock(holder, present);
            return claim;
        } catch (IOException e) {
            throw DiskFailure.writing(place.resolve(LOCK), 0, e);
        }
    }

    private void lock(String holder, Optional<String> present) throws IOException {
        try {
            if (lock.tryLock() == null) {
                throw busy(place, present.orElse(""));
            }
            folder.write(
                    HOLDER, (TemporaryFile.processToken() + "\n" + holder + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (OverlappingFileLockException e) {
            var busy = busy(place, present.orElse(""));
            busy.addSuppressed(e);
            throw closing(busy);
        } catch (IOException e) {
            throw closing(e);
        } catch (BackupException e) {
            throw closing(e);
        }
    }

    private <E extends Exception> E closing(E failure) {
        try {
            lock.close();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return failure;
    }

    @Override
    public void close() {
        var file = place.resolve(HOLDER);
        try (lock) {
            folder.disk().delete(file);
        } catch (IOException e) {
            throw DiskFailure.writing(file, 0, e);
        }
    }

    private static BackupException busy(Path place, String holder) {
        var words = holder.substring(holder.indexOf('\n') + 1).strip();
        return new BackupException.Busy(
                "the backup folder '" + place + "' is taken by " + (words.isEmpty() ? "another process" : words),
                "Wait until it has ended, then try again.");
    }
}
