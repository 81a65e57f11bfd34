package ign.backup.format;

import ign.backup.model.BackupOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** A backup file in memory. */
final class MemoryOutput implements BackupOutput {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] patch = new byte[0];
    private int appends;

    @Override
    public synchronized void append(ByteBuffer block) {
        var copy = new byte[block.remaining()];
        block.get(copy);
        bytes.writeBytes(copy);
        appends++;
    }

    @Override
    public synchronized void overwrite(long position, ByteBuffer block) {
        if (position != 0 || patch.length > 0 || block.remaining() > bytes.size()) {
            throw new IllegalStateException("only the beginning is written again, once");
        }
        patch = new byte[block.remaining()];
        block.get(patch);
    }

    @Override
    public synchronized long size() {
        return bytes.size();
    }

    synchronized byte[] toByteArray() {
        var all = bytes.toByteArray();
        System.arraycopy(patch, 0, all, 0, patch.length);
        return all;
    }

    InputStream open() {
        return new ByteArrayInputStream(toByteArray());
    }

    int appends() {
        return appends;
    }

    int patchSize() {
        return patch.length;
    }

    String text() {
        return new String(toByteArray(), StandardCharsets.UTF_8);
    }
}
