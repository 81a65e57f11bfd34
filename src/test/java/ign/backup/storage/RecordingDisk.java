package ign.backup.storage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Passes every call on, writes it down first, and lets a fault happen instead. */
final class RecordingDisk implements Disk {

    /** Decides before each call whether it fails. */
    @FunctionalInterface
    interface Fault {
        void before(String call, int number) throws IOException;
    }

    private final Disk disk;
    private final Fault fault;
    private final List<String> calls = new ArrayList<>();

    RecordingDisk(Disk disk, Fault fault) {
        this.disk = disk;
        this.fault = fault;
    }

    RecordingDisk() {
        this(new LocalDisk(), (call, number) -> {});
    }

    /** {@return the calls since the last time, with {@code part} for temporary names} */
    List<String> takeCalls() {
        var taken = List.copyOf(calls);
        calls.clear();
        return taken;
    }

    private void note(String call) throws IOException {
        calls.add(call);
        fault.before(call, calls.size());
    }

    private static String name(Path path) {
        var name = path.getFileName().toString();
        return TemporaryFile.writerOf(name).isPresent() ? "part" : name;
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        note("create folder");
        disk.createFolder(folder);
    }

    @Override
    public DiskFile createNew(Path file) throws IOException {
        note("create " + name(file));
        var created = disk.createNew(file);
        var name = name(file);
        return new DiskFile() {
            @Override
            public boolean tryLock() throws IOException {
                note("lock " + name);
                return created.tryLock();
            }

            @Override
            public int write(ByteBuffer bytes, long position) throws IOException {
                note("write " + name + " " + bytes.remaining() + " at " + position);
                return created.write(bytes, position);
            }

            @Override
            public int read(ByteBuffer into, long position) throws IOException {
                return created.read(into, position);
            }

            @Override
            public void force() throws IOException {
                note("force " + name);
                created.force();
            }

            @Override
            public void close() throws IOException {
                created.close();
            }
        };
    }

    @Override
    public void link(Path file, Path name) throws IOException {
        note("link " + name(file) + " " + name(name));
        disk.link(file, name);
    }

    @Override
    public void rename(Path file, Path name) throws IOException {
        note("rename " + name(file) + " " + name(name));
        disk.rename(file, name);
    }

    @Override
    public boolean delete(Path file) throws IOException {
        note("delete " + name(file));
        return disk.delete(file);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        note("force folder");
        disk.forceFolder(folder);
    }
}
