package ign.backup.storage;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A backup file from its first byte under a temporary name until somebody has judged it. */
final class FolderNewBackup implements NewBackup {

    private enum State {
        WRITING,
        PUBLISHED,
        WITHDRAWN
    }

    private final Disk disk;
    private final BackupName name;
    private final Path file;
    private final TemporaryFile temporary;
    private final boolean replaces;
    private State state = State.WRITING;
    private long size;
    private @Nullable BackupException failure;

    private FolderNewBackup(Disk disk, BackupName name, Path file, boolean replaces) throws IOException {
        this.disk = disk;
        this.name = name;
        this.file = file;
        this.temporary = TemporaryFile.create(disk, Objects.requireNonNull(file.getParent()));
        this.replaces = replaces;
    }

    /** One whose name must be free. */
    static FolderNewBackup begin(Disk disk, BackupName name, Path file) {
        return open(disk, name, file, false);
    }

    /** One that takes the place of the file of that name, if there is one. */
    static FolderNewBackup inPlaceOf(Disk disk, BackupName name, Path file) {
        return open(disk, name, file, true);
    }

    private static FolderNewBackup open(Disk disk, BackupName name, Path file, boolean replaces) {
        try {
            return new FolderNewBackup(disk, name, file, replaces);
        } catch (IOException e) {
            throw DiskFailure.writing(file, 0, e);
        }
    }

    @Override
    public BackupName name() {
        return name;
    }

    @Override
    public synchronized void append(ByteBuffer bytes) {
        var length = bytes.remaining();
        write(bytes, size);
        size += length;
    }

    @Override
    public synchronized void overwrite(long position, ByteBuffer bytes) {
        if (position < 0 || position + bytes.remaining() > size) {
            throw new BackupException.Defect(
                    "bytes " + position + " to " + (position + bytes.remaining()) + " of '" + name
                            + "' are to be overwritten, but there are only " + size,
                    null);
        }
        write(bytes, position);
    }

    private void write(ByteBuffer bytes, long position) {
        expect(State.WRITING);
        var length = bytes.remaining();
        try {
            temporary.write(bytes, position);
        } catch (IOException e) {
            failure = DiskFailure.writing(file, length, e);
            throw failure;
        }
    }

    @Override
    public synchronized long size() {
        return size;
    }

    @Override
    public synchronized StoredBackup written() {
        expect(State.WRITING);
        try {
            temporary.force();
        } catch (IOException e) {
            failure = DiskFailure.writing(file, 0, e);
            throw failure;
        }
        return FolderStoredBackup.of(name, file, temporary, size);
    }

    @Override
    public synchronized void publish() {
        expect(State.WRITING);
        if (failure != null) {
            throw new BackupException.Unavailable(
                    "backup '" + name + "' was not written whole and is not published",
                    "See the first failure for what to do.",
                    failure);
        }
        try {
            if (replaces) {
                replace();
            } else {
                temporary.publish(file);
            }
            state = State.PUBLISHED;
        } catch (FileAlreadyExistsException e) {
            throw taken(file);
        } catch (IOException e) {
            throw DiskFailure.writing(file, 0, e);
        }
    }

    /** The old digest first: beside the new file it would say that this one is damaged. */
    private void replace() throws IOException {
        if (disk.delete(file.resolveSibling(Sidecar.fileName(name)))) {
            disk.forceFolder(Objects.requireNonNull(file.getParent()));
        }
        temporary.replace(file);
    }

    @Override
    public synchronized void withdraw() {
        expect(State.PUBLISHED);
        if (replaces) {
            throw new BackupException.Defect(
                    "backup '" + name + "' has replaced another and cannot be withdrawn", null);
        }
        try {
            temporary.withdraw(file);
            state = State.WITHDRAWN;
        } catch (IOException e) {
            throw DiskFailure.writing(file, 0, e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            temporary.close();
        } catch (IOException e) {
            throw DiskFailure.writing(file, 0, e);
        }
    }

    static BackupException taken(Path file) {
        return new BackupException.Busy(
                "the name '" + file.getFileName() + "' is taken in '" + file.getParent() + "'",
                "Nothing is ever overwritten; try again, and the backup gets another name.");
    }

    private void expect(State expected) {
        if (state != expected) {
            throw new BackupException.Defect("backup '" + name + "' is " + state + ", expected was " + expected, null);
        }
    }
}
