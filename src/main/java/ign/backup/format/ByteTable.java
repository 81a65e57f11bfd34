package ign.backup.format;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Finds what belongs to a name by the name's bytes, without a string being made of them. Used by one thread. */
final class ByteTable<T> {

    private static final class Entry<T> {
        private final byte[] name;
        private final int hash;
        private final T value;

        Entry(byte[] name, int hash, T value) {
            this.name = name;
            this.hash = hash;
            this.value = value;
        }
    }

    private @Nullable Entry<T>[] entries = table(64);

    private int size;

    /** {@return what was put under the bytes {@code from} to {@code to}, or null} */
    @Nullable T get(byte[] bytes, int from, int to) {
        var entry = entries[slot(bytes, from, to, hash(bytes, from, to))];
        return entry == null ? null : entry.value;
    }

    /** Adds a name that is not there yet. */
    void put(byte[] bytes, int from, int to, T value) {
        if (2 * size >= entries.length) {
            grow();
        }
        int hash = hash(bytes, from, to);
        entries[slot(bytes, from, to, hash)] = new Entry<>(Arrays.copyOfRange(bytes, from, to), hash, value);
        size++;
    }

    int size() {
        return size;
    }

    private void grow() {
        var old = entries;
        entries = table(2 * old.length);
        for (var entry : old) {
            if (entry != null) {
                entries[slot(entry.name, 0, entry.name.length, entry.hash)] = entry;
            }
        }
    }

    @SuppressWarnings("unchecked") // filled by put alone
    private static <T> @Nullable Entry<T>[] table(int length) {
        return (Entry<T>[]) new Entry<?>[length];
    }

    private int slot(byte[] bytes, int from, int to, int hash) {
        int mask = entries.length - 1;
        int slot = hash & mask;
        for (var entry = entries[slot]; entry != null; entry = entries[slot]) {
            if (entry.hash == hash && Arrays.equals(entry.name, 0, entry.name.length, bytes, from, to)) {
                return slot;
            }
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int hash(byte[] bytes, int from, int to) {
        int hash = 0;
        for (int i = from; i < to; i++) {
            hash = 31 * hash + bytes[i];
        }
        return (hash * 0x9E3779B1) >>> 7;
    }
}
