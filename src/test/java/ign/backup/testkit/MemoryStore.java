package ign.backup.testkit;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import ign.backup.model.Scratch;
import ign.backup.storage.BackupStore;
import ign.backup.storage.CatalogCopies;
import ign.backup.storage.Claim;
import ign.backup.storage.Leftover;
import ign.backup.storage.NewBackup;
import ign.backup.storage.StoredBackup;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/** A store that forgets everything when the test ends, and otherwise behaves like a folder. */
public final class MemoryStore implements BackupStore {

    private static final String CATALOG = "backup_metadata.json";

    private final Map<BackupName, byte[]> backups = new ConcurrentSkipListMap<>();
    private final Map<BackupName, Digest> digests = new ConcurrentHashMap<>();
    private volatile CatalogCopies catalog = new CatalogCopies(Optional.empty(), Optional.empty());
    private String holder = "";
    private volatile long freeBytes = Long.MAX_VALUE;

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public NewBackup create(BackupName name) {
        if (backups.containsKey(checked(name))) {
            throw taken(name);
        }
        return new MemoryBackup(name, false);
    }

    @Override
    public NewBackup replace(BackupName name) {
        return new MemoryBackup(checked(name), true);
    }

    @Override
    public Scratch scratch() {
        return new MemoryScratch();
    }

    @Override
    public StoredBackup open(BackupName name) {
        var bytes = backups.get(checked(name));
        if (bytes == null) {
            throw new BackupException.NotFound("there is no backup '" + name + "' in 'memory'", "Name another one.");
        }
        return new MemoryStored(name, bytes);
    }

    @Override
    public boolean contains(BackupName name) {
        return backups.containsKey(checked(name));
    }

    @Override
    public List<BackupName> list() {
        return backups.keySet().stream()
                .filter(name -> !name.value().startsWith("initial_backup.json"))
                .toList();
    }

    @Override
    public boolean remove(BackupName name) {
        var removed = backups.remove(checked(name)) != null;
        digests.remove(name);
        return removed;
    }

    @Override
    public Optional<Digest> digest(BackupName name) {
        return Optional.ofNullable(digests.get(name));
    }

    @Override
    public void writeDigest(BackupName name, Digest digest) {
        digests.put(name, digest);
    }

    @Override
    public CatalogCopies readCatalog() {
        return catalog;
    }

    @Override
    public void writeCatalog(byte[] bytes) {
        catalog = new CatalogCopies(Optional.of(bytes.clone()), Optional.of(bytes.clone()));
    }

    /** Puts these bytes in place of a backup's own, as a disk might. */
    public void damage(BackupName name, byte[] bytes) {
        backups.put(name, bytes.clone());
    }

    /** {@return all bytes of a backup} */
    public byte[] bytes(BackupName name) {
        return Optional.ofNullable(backups.get(name)).orElseThrow().clone();
    }

    /** Puts two copies of the catalog there that need not agree. */
    public void writeCatalog(CatalogCopies copies) {
        catalog = copies;
    }

    /** Says how many bytes are free from now on. */
    public void setFreeBytes(long bytes) {
        freeBytes = bytes;
    }

    @Override
    public List<Leftover> sweep() {
        return List.of();
    }

    @Override
    public synchronized Claim claim(String newHolder) {
        if (!holder.isEmpty()) {
            throw new BackupException.Busy(
                    "the backup folder 'memory' is taken by " + holder, "Wait until it has ended, then try again.");
        }
        holder = newHolder;
        return this::free;
    }

    private synchronized void free() {
        holder = "";
    }

    @Override
    public List<String> faults() {
        return List.of();
    }

    @Override
    public long freeBytes() {
        return freeBytes;
    }

    private static BackupName checked(BackupName name) {
        if (name.value().equals(CATALOG)) {
            throw new BackupException.BadRequest("'" + name + "' is the catalog", "Name a backup.");
        }
        return name;
    }

    private static BackupException taken(BackupName name) {
        return new BackupException.Busy("the name '" + name + "' is taken in 'memory'", "Try again.");
    }

    private static BackupException defect(String what) {
        return new BackupException.Defect(what, null);
    }

    private final class MemoryBackup implements NewBackup {

        private final BackupName name;
        private byte[] bytes = new byte[0];
        private final boolean replaces;
        private boolean published;
        private boolean withdrawn;

        private MemoryBackup(BackupName name, boolean replaces) {
            this.name = name;
            this.replaces = replaces;
        }

        @Override
        public BackupName name() {
            return name;
        }

        @Override
        public synchronized void append(ByteBuffer more) {
            expectWriting();
            var start = bytes.length;
            bytes = Arrays.copyOf(bytes, start + more.remaining());
            more.get(bytes, start, bytes.length - start);
        }

        @Override
        public synchronized void overwrite(long position, ByteBuffer other) {
            expectWriting();
            if (position < 0 || position + other.remaining() > bytes.length) {
                throw defect("overwrites bytes that are not there");
            }
            other.get(bytes, (int) position, other.remaining());
        }

        @Override
        public synchronized long size() {
            return bytes.length;
        }

        @Override
        public synchronized StoredBackup written() {
            expectWriting();
            return new MemoryStored(name, bytes.clone());
        }

        @Override
        public synchronized void publish() {
            expectWriting();
            if (replaces) {
                digests.remove(name);
                backups.put(name, bytes);
            } else if (backups.putIfAbsent(name, bytes) != null) {
                throw taken(name);
            }
            published = true;
        }

        @Override
        public synchronized void withdraw() {
            if (!published || withdrawn || replaces) {
                throw defect("withdraws what is not published, or has replaced another");
            }
            backups.remove(name);
            withdrawn = true;
        }

        @Override
        public void close() {
            // Nothing is held.
        }

        private void expectWriting() {
            if (published) {
                throw defect("is published already");
            }
        }
    }

    private static final class MemoryStored implements StoredBackup {

        private final BackupName name;
        private final byte[] bytes;

        private MemoryStored(BackupName name, byte[] bytes) {
            this.name = name;
            this.bytes = bytes;
        }

        @Override
        public BackupName name() {
            return name;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public int read(ByteBuffer into, long position) {
            if (position >= bytes.length) {
                return into.hasRemaining() ? -1 : 0;
            }
            var count = (int) Math.min(into.remaining(), bytes.length - position);
            into.put(bytes, (int) position, count);
            return count;
        }

        @Override
        public InputStream stream() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private static final class MemoryScratch implements Scratch {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized long append(ByteBuffer added) {
            long position = bytes.size();
            bytes.write(added.array(), added.arrayOffset() + added.position(), added.remaining());
            added.position(added.limit());
            return position;
        }

        @Override
        public synchronized void read(ByteBuffer into, long position) {
            into.put(bytes.toByteArray(), (int) position, into.remaining());
        }

        @Override
        public void close() {}
    }
}
