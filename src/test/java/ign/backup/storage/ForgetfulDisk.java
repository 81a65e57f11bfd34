package ign.backup.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Remembers what was forced, and so what is left when the power goes: all of that, and of the rest whatever chance leaves. */
final class ForgetfulDisk implements Disk {

    /** A file whatever it is called. */
    private static final class Content {
        private byte[] written = new byte[0];
        private byte[] durable = new byte[0];

        private byte[] survivor(Random random) {
            if (Arrays.equals(written, durable) || random.nextBoolean()) {
                return durable;
            }
            return random.nextBoolean() ? written : Arrays.copyOf(written, random.nextInt(written.length + 1));
        }
    }

    private final Disk disk;
    private final Map<Path, Content> names = new HashMap<>();
    private final Map<Path, Content> durableNames = new HashMap<>();
    private final List<Map<Path, @Nullable Content>> unforced = new ArrayList<>();

    ForgetfulDisk(Disk disk) {
        this.disk = disk;
    }

    /** Writes what is left into another folder, as if by another process. */
    void leave(Path target, Random random) throws IOException {
        var left = new HashMap<>(durableNames);
        for (var change : unforced) {
            if (random.nextBoolean()) {
                apply(change, left);
            }
        }
        for (var entry : left.entrySet()) {
            var name = asOfAnotherProcess(entry.getKey().getFileName().toString());
            Files.write(target.resolve(name), entry.getValue().survivor(random));
        }
    }

    static String asOfAnotherProcess(String fileName) {
        return fileName.replace(TemporaryFile.processToken(), "1-1");
    }

    private void change(Map<Path, @Nullable Content> change) {
        apply(change, names);
        unforced.add(change);
    }

    private static void apply(Map<Path, @Nullable Content> change, Map<Path, Content> names) {
        change.forEach((path, content) -> {
            if (content == null) {
                names.remove(path);
            } else {
                names.put(path, content);
            }
        });
    }

    private static Map<Path, @Nullable Content> entry(Path path, @Nullable Content content) {
        var change = new HashMap<Path, @Nullable Content>();
        change.put(path, content);
        return change;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        disk.createFolder(folder);
    }

    @Override
    public DiskFile createNew(Path file) throws IOException {
        var created = disk.createNew(file);
        var content = new Content();
        change(entry(file, content));
        return new DiskFile() {
            @Override
            public boolean tryLock() throws IOException {
                return created.tryLock();
            }

            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                var copy = bytes.duplicate();
                var count = created.write(bytes, position);
                var end = (int) position + count;
                content.written = Arrays.copyOf(content.written, Math.max(content.written.length, end));
                copy.get(content.written, (int) position, count);
                return count;
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return created.read(into, position);
            }

            @Override
            public void force() throws IOException {
                created.force();
                content.durable = content.written.clone();
            }

            @Override
            public void close() throws IOException {
                created.close();
            }
        };
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        disk.link(file, name);
        change(entry(name, names.get(file)));
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        disk.rename(file, name);
        var change = entry(name, names.get(file));
        change.put(file, null);
        change(change);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        var deleted = disk.delete(file);
        change(entry(file, null));
        return deleted;
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        disk.forceFolder(folder);
        unforced.forEach(change -> apply(change, durableNames));
        unforced.clear();
    }
}
