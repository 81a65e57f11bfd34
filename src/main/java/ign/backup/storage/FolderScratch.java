package ign.backup.storage;

import ign.backup.model.Scratch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** Room in a temporary file of the backup folder. */
final class FolderScratch implements Scratch {

    private final Path folder;
    private final TemporaryFile file;
    private long size;

    private FolderScratch(Path folder, TemporaryFile file) {
        this.folder = folder;
        this.file = file;
    }

    static FolderScratch open(Disk disk, Path folder) {
        try {
            return new FolderScratch(folder, TemporaryFile.create(disk, folder));
        } catch (IOException e) {
            throw DiskFailure.writing(folder, 0, e);
        }
    }

    @Override
    public long append(ByteBuffer bytes) {
        long position = size;
        int length = bytes.remaining();
        try {
            file.write(bytes, position);
        } catch (IOException e) {
            throw DiskFailure.writing(folder, length, e);
        }
        size += length;
        return position;
    }

    @Override
    public void read(ByteBuffer into, long position) {
        try {
            file.read(into, position);
        } catch (IOException e) {
            throw DiskFailure.reading(folder, e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw DiskFailure.writing(folder, 0, e);
        }
    }
}
