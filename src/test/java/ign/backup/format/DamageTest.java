package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.codec.Codecs;
import ign.backup.codec.DigestingInput;
import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damages every byte and cuts at every length: whoever reads such a file is told, or gets exactly the graph that was written. */
@Timeout(300)
class DamageTest {

    private final SampleGraph graph = graph();

    private static SampleGraph graph() {
        var graph = new SampleGraph(GoldenFormatTest.SCHEMA, new java.util.ArrayList<>(), new java.util.ArrayList<>());
        for (int i = 0; i < 6; i++) {
            graph.nodes()
                    .add(new SampleGraph.Node(
                            i,
                            Set.of("A", "B" + i % 2),
                            new TreeMap<>(Map.of(
                                    "name",
                                    "node é " + i,
                                    "n",
                                    (long) i,
                                    "x",
                                    i / 3.0,
                                    "day",
                                    java.time.LocalDate.of(2020, 1, 1 + i),
                                    "v",
                                    new float[] {i, 0.5f}))));
            graph.relationships().add(new SampleGraph.Relationship(i, "T", i, i / 2, Map.of("w", i * 0.1)));
        }
        return graph;
    }

    /** What reading stored bytes found: the digest, and the graph or the reason why there is none. */
    private record Outcome(Digest digest, List<String> lines, String header, String failure) {

        boolean showsTheSameAs(Outcome other) {
            return failure.isEmpty() && lines.equals(other.lines) && header.equals(other.header);
        }
    }

    private static Outcome read(byte[] stored, Compression compression) throws IOException {
        var digesting = new DigestingInput(new ByteArrayInputStream(stored));
        var found = new SampleGraph();
        try (var document = Codecs.of(compression).unpack(digesting)) {
            var check = new GraphCheck();
            var reading = Documents.reading(document, Documents.both(check, found));
            check.check(reading);
            return new Outcome(
                    digesting.digest(), found.lines(), reading.header().toString(), "");
        } catch (BackupException e) {
            assertThat(e).isInstanceOfAny(BackupException.Damaged.class, BackupException.BadRequest.class);
            assertThat(e.getMessage()).isNotBlank();
            assertThat(e.hint()).isNotBlank();
            digesting.readToEnd();
            return new Outcome(digesting.digest(), List.of(), "", String.valueOf(e.getMessage()));
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-B1")
    void everyChangedByteIsFound(Compression compression) throws IOException {
        var stored = Documents.write(graph, Codecs.of(compression), 300).toByteArray();
        var whole = read(stored, compression);
        assertThat(whole.failure).isEmpty();
        for (int position = 0; position < stored.length; position++) {
            for (int mask : new int[] {1, 0x10, 0x80, 0xFF}) {
                var damaged = stored.clone();
                damaged[position] ^= (byte) mask;
                var outcome = read(damaged, compression);
                assertThat(outcome.digest).isNotEqualTo(whole.digest);
                if (compression != Compression.NONE && outcome.failure.isEmpty()) {
                    // Even where nobody knows the digest: the checksums of the blocks leave nothing but bits without
                    // meaning.
                    assertThat(outcome.showsTheSameAs(whole))
                            .as("byte " + position)
                            .isTrue();
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-B2")
    void everyCutIsFoundWithoutADigest(Compression compression) throws IOException {
        var stored = Documents.write(graph, Codecs.of(compression), 300).toByteArray();
        var whole = read(stored, compression);
        for (int length = 0; length < stored.length; length++) {
            var outcome = read(Arrays.copyOf(stored, length), compression);
            assertThat(outcome.digest).isNotEqualTo(whole.digest);
            boolean onlyTheLastLineBreakIsMissing = compression == Compression.NONE && length == stored.length - 1;
            assertThat(outcome.failure.isEmpty()).as("cut at " + length).isEqualTo(onlyTheLastLineBreakIsMissing);
        }
    }

    @ParameterizedTest
    @EnumSource
    @Tag("promise-B2")
    void whatFollowsTheEndIsFoundWithoutADigest(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var stored = Documents.write(graph, codec, 300).toByteArray();
        var blank = codec.pack("{}".getBytes(java.nio.charset.StandardCharsets.UTF_8), 0, 2);
        var block = new byte[blank.remaining()];
        blank.get(block);
        for (var junk : List.of(new byte[] {0}, new byte[] {'}'}, new byte[1000], block, stored)) {
            var longer = Arrays.copyOf(stored, stored.length + junk.length);
            System.arraycopy(junk, 0, longer, stored.length, junk.length);
            assertThat(read(longer, compression).failure).isNotEmpty();
        }
    }

    @Test
    @Tag("promise-B2")
    void blocksThatWereSwappedOrLostAreFoundWithoutADigest() throws IOException {
        var codec = Codecs.of(Compression.ZSTD);
        var blocks = new java.util.ArrayList<byte[]>();
        var recording = new ign.backup.model.BackupOutput() {
            @Override
            public void append(java.nio.ByteBuffer bytes) {
                var copy = new byte[bytes.remaining()];
                bytes.get(copy);
                blocks.add(copy);
            }

            @Override
            public void overwrite(long position, java.nio.ByteBuffer bytes) {
                bytes.get(blocks.get(0));
            }

            @Override
            public long size() {
                return 0;
            }
        };
        var writer = new DocumentWriter(codec, recording, Documents.DRAFT, 100);
        graph.showTo(writer);
        Documents.seal(writer);
        var whole = read(join(blocks), Compression.ZSTD);
        assertThat(whole.failure).isEmpty();

        for (int lost = 0; lost < blocks.size(); lost++) {
            var rest = new java.util.ArrayList<>(blocks);
            rest.remove(lost);
            assertThat(read(join(rest), Compression.ZSTD).failure)
                    .as("without block " + lost)
                    .isNotEmpty();
            for (int other = lost + 1; other < blocks.size(); other++) {
                var swapped = new java.util.ArrayList<>(blocks);
                java.util.Collections.swap(swapped, lost, other);
                var outcome = read(join(swapped), Compression.ZSTD);
                assertThat(!outcome.failure.isEmpty() || outcome.showsTheSameAs(whole))
                        .as("blocks " + lost + " and " + other + " swapped: the order of elements has no meaning")
                        .isTrue();
            }
        }
    }

    @Test
    @Tag("promise-E6")
    void garbageEndsInOurOwnErrors() throws IOException {
        var stored = Documents.write(graph).toByteArray();
        for (long seed = 1; seed <= 2_000; seed++) {
            var random = new SplittableRandom(seed);
            var damaged = stored.clone();
            for (int i = random.nextInt(1, 5); i > 0; i--) {
                int at = random.nextInt(damaged.length);
                switch (random.nextInt(3)) {
                    case 0 -> damaged[at] = (byte) random.nextInt();
                    case 1 -> damaged[at] = (byte) "{}[]\",:0123456789.eE-_$\\untrfals ".charAt(random.nextInt(32));
                    default -> {
                        int from = random.nextInt(damaged.length);
                        int count = Math.min(random.nextInt(40), damaged.length - Math.max(at, from));
                        System.arraycopy(stored, from, damaged, at, count);
                    }
                }
            }
            assertThat(read(damaged, Compression.NONE)).as("seed " + seed).isNotNull();
        }
    }

    private static byte[] join(List<byte[]> blocks) {
        var all = new java.io.ByteArrayOutputStream();
        blocks.forEach(all::writeBytes);
        return all.toByteArray();
    }
}
