package ign.backup.bench;

import ign.backup.codec.Codecs;
import ign.backup.codec.DigestingInput;
import ign.backup.format.DocumentReader;
import ign.backup.format.DocumentWriter;
import ign.backup.format.GraphCheck;
import ign.backup.format.Limits;
import ign.backup.format.ParallelReader;
import ign.backup.format.SharedGraphCheck;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupOutput;
import ign.backup.model.Compression;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphSink.Name;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Measures encoding, packing and verifying in megabytes of JSON per second: the first two and reading in order on one thread,
 * verification on the calling one, which reads and takes the digest, and one or two more.
 *
 * <p>Run {@code main} with the test class path; the last of its rounds counts.
 */
public final class FormatSpeed {

    private static final int NODES = 200_000;
    private static final int RELATIONSHIPS = 600_000;
    private static final int ROUNDS = 6;
    private static final BackupHeader DRAFT = new BackupHeader(
            DocumentWriter.VERSION,
            "20250128_143022",
            "2025-01-28T14:30:22.123456",
            "speed",
            0,
            0,
            "full",
            "bench",
            Optional.empty());

    private FormatSpeed() {}

    /** Keeps the document in one array that is as large as it will be. */
    private static final class Sink implements BackupOutput {

        private byte[] bytes = new byte[1 << 20];
        private int size;

        @Override
        public void append(ByteBuffer block) {
            int length = block.remaining();
            if (bytes.length - size < length) {
                bytes = Arrays.copyOf(bytes, Math.max(size + length, 2 * bytes.length));
            }
            block.get(bytes, size, length);
            size += length;
        }

        @Override
        public void overwrite(long position, ByteBuffer block) {
            block.get(bytes, (int) position, block.remaining());
        }

        @Override
        public long size() {
            return size;
        }
    }

    /**
     * Prints a table.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        for (int embedding : new int[] {0, 384}) {
            for (int round = 1; round <= ROUNDS; round++) {
                var plain = new Sink();
                double encode = seconds(() -> write(plain, Compression.NONE, embedding));
                double encodeAgain = seconds(() -> write(reset(plain), Compression.NONE, embedding));
                double size = plain.size / 1e6;
                double inOrder = seconds(() -> readInOrder(plain));
                out.printf(
                        Locale.ROOT,
                        "embedding %d round %d: %.0f MB; MB/s: encode %.0f/%.0f, digest+parse+check in order %.0f%n",
                        embedding,
                        round,
                        size,
                        size / encode,
                        size / encodeAgain,
                        size / inOrder);
                for (var compression : Compression.values()) {
                    out.println(verification(compression, embedding, size));
                }
            }
        }
    }

    private static String verification(Compression compression, int embedding, double size) {
        var stored = new Sink();
        double write = seconds(() -> write(stored, compression, embedding));
        double digest = seconds(() -> digest(stored));
        double unpack = seconds(() -> unpack(stored, compression));
        double one = seconds(() -> verify(stored, compression, 1));
        double two = seconds(() -> verify(stored, compression, 2));
        return String.format(
                Locale.ROOT,
                "    %s %.0f MB: encode+pack %.0f, digest alone %.0f, unpack alone %.0f,"
                        + " verify with one thread %.0f, with two %.0f",
                compression.label(),
                stored.size / 1e6,
                size / write,
                size / digest,
                size / unpack,
                size / one,
                size / two);
    }

    private static Sink reset(Sink sink) {
        sink.size = 0;
        return sink;
    }

    private static double seconds(Runnable work) {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static void write(Sink sink, Compression compression, int embedding) {
        var writer = new DocumentWriter(Codecs.of(compression), sink, DRAFT);
        int nodes = embedding == 0 ? NODES : NODES / 10;
        var random = new SplittableRandom(1);
        var keys = new Name[] {
            writer.key("name"),
            writer.key("category"),
            writer.key("description"),
            writer.key("usage_count"),
            writer.key("score"),
            writer.key("active"),
            writer.key("embedding")
        };
        var labels = new Name[] {writer.label("Function"), writer.label("Entity")};
        var vector = new float[embedding];
        try (var out = writer.nodes()) {
            for (int id = 0; id < nodes; id++) {
                out.property(keys[0], "system.tag.read" + id);
                out.property(keys[1], "tag_operations");
                out.property(keys[2], "Reads the value of tag " + random.nextInt(100_000) + " with blocking behaviour");
                out.property(keys[3], random.nextLong(1_000_000));
                out.property(keys[4], random.nextDouble());
                out.property(keys[5], (id & 1) == 0);
                if (embedding > 0) {
                    for (int i = 0; i < embedding; i++) {
                        vector[i] = (float) random.nextDouble(-1, 1);
                    }
                    out.property(keys[6], (Object) vector);
                }
                out.node(id, labels, 2);
            }
        }
        var relationshipKeys = new Name[] {writer.key("confidence"), writer.key("support"), writer.key("created_at")};
        var type = writer.type("CO_OCCURS_WITH");
        try (var out = writer.relationships()) {
            for (int id = 0; id < RELATIONSHIPS * (long) nodes / NODES; id++) {
                out.property(relationshipKeys[0], random.nextInt(100) / 100.0);
                out.property(relationshipKeys[1], random.nextInt(1000) / 1000.0);
                out.property(relationshipKeys[2], "2025-01-28T14:30:22");
                out.relationship(id, type, random.nextInt(nodes), random.nextInt(nodes));
            }
        }
        GraphCounts counts = writer.finish();
        writer.seal(DRAFT.sealed(counts, 1));
    }

    private static InputStream open(Sink sink) {
        return new ByteArrayInputStream(sink.bytes, 0, sink.size);
    }

    private static void readInOrder(Sink sink) {
        var stored = new DigestingInput(open(sink));
        var graph = new GraphCheck();
        graph.check(new DocumentReader(Limits.DEFAULT).read(stored, graph, StopSignal.NEVER, Progress.NONE));
        stored.digest();
    }

    private static void digest(Sink sink) {
        try (var stored = new DigestingInput(open(sink))) {
            stored.readToEnd();
            stored.digest();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void unpack(Sink sink, Compression compression) {
        try (var document = Codecs.of(compression).unpack(open(sink))) {
            document.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void verify(Sink sink, Compression compression, int threads) {
        var stored = new DigestingInput(open(sink));
        var check = new SharedGraphCheck();
        var reading = new ParallelReader(Limits.DEFAULT, threads, "format-speed-")
                .read(Codecs.of(compression), stored, check, schema -> {}, StopSignal.NEVER)
                .orElseThrow();
        if (!GraphCheck.differences(reading, check.counts()).isEmpty()) {
            throw new IllegalStateException("the document is not sound");
        }
        stored.digest();
    }
}
