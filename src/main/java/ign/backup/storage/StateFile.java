package ign.backup.storage;

import ign.backup.model.SmallFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** A small file in a folder of the plugin's own, replaced at once or not at all, and durably. */
public final class StateFile implements SmallFile {

    private static final String DAMAGED = ".damaged";
    private static final int LARGEST_BYTES = 4 << 20;

    private final Path file;
    private final Path folder;
    private final Disk disk;

    /** The file {@code name} in {@code folder}, which is made when something is written first. */
    public StateFile(Path folder, String name) {
        this.folder = folder;
        this.file = folder.resolve(name);
        this.disk = new LocalDisk();
    }

    @Override
    public String location() {
        return file.toString();
    }

    @Override
    public Optional<byte[]> read() {
        return new Folder(folder, true, disk).read(String.valueOf(file.getFileName()), LARGEST_BYTES);
    }

    @Override
    public void write(byte[] bytes) {
        try {
            if (!Files.isDirectory(folder)) {
                disk.createFolder(folder);
            }
            try (var temporary = TemporaryFile.create(disk, folder)) {
                temporary.write(ByteBuffer.wrap(bytes), 0);
                temporary.replace(file);
            }
        } catch (IOException e) {
            throw DiskFailure.writing(file, bytes.length, e);
        }
    }

    /** Gives what cannot be read another name, so that nothing is lost. {@return that name} */
    public String setAside() {
        var aside = file.resolveSibling(file.getFileName() + DAMAGED);
        try {
            if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                disk.rename(file, aside);
                disk.forceFolder(folder);
            }
            return aside.toString();
        } catch (IOException e) {
            throw DiskFailure.writing(aside, 0, e);
        }
    }
}
