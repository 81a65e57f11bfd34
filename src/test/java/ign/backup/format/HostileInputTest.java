package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.codec.Codecs;
import ign.backup.model.BackupException;
import ign.backup.model.Compression;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that are made to exhaust the server: each ends in an error after a bounded amount of bytes. */
@Timeout(60)
@Tag("promise-E4")
class HostileInputTest {

    private static final long MANY = 20L << 30;
    private static final Limits LIMITS =
            new Limits(64, 1 << 20, 1 << 10, 20_000, 10_000, 100, 2 << 20, 1 << 20, 1 << 20, 1L << 40);
    private static final String START =
            "{\"metadata\":{\"version\":\"1.1.0\",\"node_count\":9000000000,\"relationship_count\":0},\"data\":{\"nodes\":[";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[",
                "{\"a\":",
                START + "{\"p\":[",
                START + "{\"p\":{\"_value\":",
                "{\"metadata\":",
                "{\"unknown\":",
                "{\"data\":{\"schema\":"
            })
    void refusesDepth(String start) {
        var document = start + "[".repeat(100_000);

        assertThatThrownBy(() -> Documents.read(document)).isInstanceOf(BackupException.class);
        assertThatThrownBy(() -> Documents.read(start + "{\"a\":".repeat(100_000)))
                .isInstanceOf(BackupException.class);
    }

    @Test
    void namesTheLimitOfDepth() {
        assertThatThrownBy(() -> Documents.read("{\"unknown\":" + "[".repeat(100)))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageStartingWith("line 1: ")
                .hasMessageContaining("64");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                START + "{\"p\":\"",
                START + "{\"",
                START + "{\"_labels\":[\"",
                START + "{\"p\":{\"$type\":\"Int[]\",\"_encoding\":\"base64\",\"_value\":\"",
                "{\"metadata\":{\"reason\":\"",
                "{\"",
                "{\"unknown\":\""
            })
    void refusesAStringThatNeverEnds(String start) {
        refusesEarly(start, "a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                START,
                START + "{\"p\":[1",
                "{",
                "{\"metadata\":{\"version\":\"1.0\",\"node_count\":0,\"relationship_count\":0},\"data\":{\"nodes\":[],\"relationships\":[]}}"
            })
    void refusesBlanksThatNeverEnd(String start) {
        refusesEarly(start, " ");
    }

    @Test
    void refusesNumbersAndListsThatNeverEnd() {
        refusesEarly(START + "{\"p\":1", "0");
        refusesEarly(START + "{\"p\":0.", "1");
        refusesEarly(START + "{\"p\":[1", ",1");
        refusesEarly(START + "{\"p\":[true", ",true");
        refusesEarly(START + "{\"p\":[\"\"", ",\"\"");
        refusesEarly(START + "{\"p\":{\"$type\":\"Int[]\",\"_value\":[1", ",1");
        refusesEarly(START + "{\"_labels\":[\"a\"", ",\"a\"");
        refusesEarly("{\"unknown\":[1", ",1");
        refusesEarly("{\"metadata\":{\"x\":[1", ",1");
        refusesEarly("{\"data\":{\"schema\":{\"x\":[1", ",1");
    }

    @Test
    void refusesMillionsOfKeysInOneElement() {
        var keys = IntStream.iterate(0, i -> i + 1).mapToObj(i -> "\"key" + i + "\":1,");

        assertThatThrownBy(() -> reader(LIMITS)
                        .read(stream(START + "{", keys.iterator()), new SampleGraph(), StopSignal.NEVER, Progress.NONE))
                .isInstanceOf(BackupException.BadRequest.class);
    }

    @Test
    void refusesMillionsOfNamesInMillionsOfElements() {
        var nodes = IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "{\"_id\":" + i + ",\"_labels\":[\"l" + i + "\"],\"k" + i + "\":1},");

        assertThatThrownBy(() -> reader(LIMITS)
                        .read(stream(START, nodes.iterator()), new GraphCheck(), StopSignal.NEVER, Progress.NONE))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageContaining("more different names than the limit of");
    }

    @Test
    void refusesMoreBytesThanTheDocumentMayHave() {
        var nodes = IntStream.iterate(0, i -> i + 1).mapToObj(i -> "{\"_id\":" + i + ",\"_labels\":[]},");

        assertThatThrownBy(() -> reader(LIMITS.withDocumentBytes(1 << 20))
                        .read(stream(START, nodes.iterator()), new GraphCheck(), StopSignal.NEVER, Progress.NONE))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessageContaining("more than the limits on the size of an element or of the document allow");
    }

    @Test
    void stopsWhenAsked() {
        var nodes = IntStream.iterate(0, i -> i + 1).mapToObj(i -> "{\"_id\":" + i + ",\"_labels\":[]},");
        StopSignal stop = () -> {
            throw new BackupException.Cancelled("the user has cancelled");
        };

        assertThatThrownBy(() ->
                        reader(LIMITS).read(stream(START, nodes.iterator()), new GraphCheck(), stop, Progress.NONE))
                .isInstanceOf(BackupException.Cancelled.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ZSTD", "GZIP"})
    @Tag("promise-E3")
    void refusesBombs(String compression) {
        var codec = Codecs.of(Compression.valueOf(compression));
        var first = START.getBytes(StandardCharsets.UTF_8);
        for (var filling : new String[] {" ", "a", "["}) {
            var start = (filling.equals(" ") ? "" : "{\"p\":\"").getBytes(StandardCharsets.UTF_8);
            var block = filling.repeat(1 << 20).getBytes(StandardCharsets.UTF_8);
            var parts = java.util.stream.Stream.concat(
                            java.util.stream.Stream.of(first, start),
                            java.util.stream.Stream.generate(() -> block).limit(10_000))
                    .map(bytes -> {
                        var packed = codec.pack(bytes, 0, bytes.length);
                        var copy = new byte[packed.remaining()];
                        packed.get(copy);
                        return (InputStream) new ByteArrayInputStream(copy);
                    });
            assertThatThrownBy(() -> reader(LIMITS)
                            .read(
                                    codec.unpack(new SequenceInputStream(enumeration(parts.iterator()))),
                                    new SampleGraph(),
                                    StopSignal.NEVER,
                                    Progress.NONE))
                    .isInstanceOf(BackupException.BadRequest.class);
        }
    }

    private static void refusesEarly(String start, String forEver) {
        var endless = new Endless(start.getBytes(StandardCharsets.UTF_8), forEver.getBytes(StandardCharsets.UTF_8));

        assertThatThrownBy(() -> reader(LIMITS).read(endless, new GraphCheck(), StopSignal.NEVER, Progress.NONE))
                .as(start + forEver + "…")
                .isInstanceOf(BackupException.class)
                .isNotInstanceOf(BackupException.Defect.class);
        assertThat(endless.given).isLessThan(100L << 20);
    }

    private static DocumentReader reader(Limits limits) {
        return new DocumentReader(limits);
    }

    private static InputStream stream(String start, java.util.Iterator<String> rest) {
        var parts = java.util.stream.Stream.iterate(start, more -> rest.next())
                .map(text -> (InputStream) new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
        return new SequenceInputStream(enumeration(parts.iterator()));
    }

    @SuppressWarnings("JdkObsolete") // a SequenceInputStream asks for one
    private static java.util.Enumeration<InputStream> enumeration(java.util.Iterator<InputStream> parts) {
        return new java.util.Enumeration<>() {
            @Override
            public boolean hasMoreElements() {
                return parts.hasNext();
            }

            @Override
            public InputStream nextElement() {
                return parts.next();
            }
        };
    }

    /** A beginning, and then the same for 20 GiB. */
    private static final class Endless extends InputStream {

        private final byte[] start;
        private final byte[] pattern;
        private long given;

        Endless(byte[] start, byte[] forEver) {
            this.start = start;
            pattern = new byte[forEver.length << 12];
            for (int i = 0; i < pattern.length; i++) {
                pattern[i] = forEver[i % forEver.length];
            }
        }

        @Override
        public int read() {
            if (given >= MANY) {
                return -1;
            }
            long at = given++;
            return at < start.length ? start[(int) at] : pattern[(int) ((at - start.length) % pattern.length)];
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            int count = 0;
            while (count < length && given < start.length) {
                target[offset + count++] = (byte) read();
            }
            while (count < length) {
                int from = (int) ((given - start.length) % pattern.length);
                int piece = Math.min(length - count, pattern.length - from);
                System.arraycopy(pattern, from, target, offset + count, piece);
                count += piece;
                given += piece;
            }
            return length;
        }
    }
}
