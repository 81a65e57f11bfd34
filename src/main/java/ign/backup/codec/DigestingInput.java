package ign.backup.codec;

import ign.backup.model.BackupException;
import ign.backup.model.Digest;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** Counts the bytes that are read through it and takes their SHA-256, so that reading a file once also proves it. */
public final class DigestingInput extends FilterInputStream {

    private final MessageDigest sha256;
    private long count;

    /**
     * Begins at the stream's present position.
     *
     * @param stored closed with this stream
     */
    public DigestingInput(InputStream stored) {
        super(stored);
        try {
            sha256 = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new BackupException.Defect("this Java has no SHA-256", e);
        }
    }

    /** {@return how many bytes were read} */
    public long count() {
        return count;
    }

    /** {@return the SHA-256 of the bytes that were read up to now} */
    public Digest digest() {
        try {
            return Digest.of(((MessageDigest) sha256.clone()).digest());
        } catch (CloneNotSupportedException e) {
            throw new BackupException.Defect("the SHA-256 of this Java cannot be asked twice", e);
        }
    }

    /** Reads what is left, so that the digest is that of the whole file also when its reader has given up in the middle. */
    public void readToEnd() throws IOException {
        var rest = new byte[64 << 10];
        while (read(rest, 0, rest.length) >= 0) {
            // counted and digested by reading
        }
    }

    @Override
    public int read() throws IOException {
        int value = in.read();
        if (value >= 0) {
            sha256.update((byte) value);
            count++;
        }
        return value;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        int read = in.read(target, offset, length);
        if (read > 0) {
            sha256.update(target, offset, read);
            count += read;
        }
        return read;
    }

    /** Reads instead of skipping: skipped bytes would be missing in the digest. */
    @Override
    public long skip(long bytes) throws IOException {
        var skipped = new byte[(int) Math.min(64 << 10, Math.max(0, bytes))];
        return skipped.length == 0 ? 0 : Math.max(0, read(skipped, 0, skipped.length));
    }

    @Override
    public boolean markSupported() {
        return false;
    }
}
