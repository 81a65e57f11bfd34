package ign.backup.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BlockCodec;
import ign.backup.model.Compression;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(60)
class CodecTest {

    static final List<Integer> SIZES =
            List.of(0, 1, 2, 100, 255, 256, 257, 65_535, 65_536, 65_537, 131_072, 1 << 20, (3 << 20) + 1);

    static Stream<BlockCodec> codecs() {
        return Stream.of(
                Codecs.of(Compression.NONE),
                Codecs.of(Compression.ZSTD),
                Codecs.of(Compression.ZSTD, 19),
                Codecs.of(Compression.GZIP),
                Codecs.of(Compression.GZIP, 1));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void givesBackBlocksOfEverySizeAndKind(BlockCodec codec) throws IOException {
        var stored = new ByteArrayOutputStream();
        var plain = new ByteArrayOutputStream();
        for (int size : SIZES) {
            for (var block : List.of(text(size), noise(size))) {
                store(stored, codec.pack(block, 0, block.length));
                plain.writeBytes(block);
            }
        }

        assertThat(unpack(codec, stored.toByteArray())).isEqualTo(plain.toByteArray());
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void packsAFirstBlockToASizeThatDependsOnItsLengthAlone(BlockCodec codec) throws IOException {
        for (int size : SIZES) {
            for (var block : List.of(text(size), noise(size), new byte[size])) {
                var packed = codec.packFirst(block, 0, size);
                assertThat(packed.remaining()).isEqualTo(codec.firstSize(size));
                var stored = new ByteArrayOutputStream();
                store(stored, packed);
                store(stored, codec.pack(text(10), 0, 10));
                assertThat(unpack(codec, stored.toByteArray())).isEqualTo(join(block, text(10)));
            }
        }
    }

    @Test
    void wastesLittleForTheFirstBlock() {
        assertThat(Codecs.of(Compression.ZSTD).firstSize(600)).isLessThan(700);
        assertThat(Codecs.of(Compression.GZIP).firstSize(600)).isLessThan(630);
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void packsPartsOfAnArray(BlockCodec codec) throws IOException {
        var block = noise(1000);
        var stored = new ByteArrayOutputStream();
        store(stored, codec.packFirst(block, 100, 300));
        store(stored, codec.pack(block, 400, 500));

        assertThat(unpack(codec, stored.toByteArray())).isEqualTo(Arrays.copyOfRange(block, 100, 900));
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void packsOnSeveralThreads(BlockCodec codec) {
        IntStream.range(0, 200).parallel().forEach(i -> {
            var block = join(text(50_000 + i), noise(i));
            var packed = codec.pack(block, 0, block.length);
            var copy = new byte[packed.remaining()];
            packed.get(copy);
            try {
                assertThat(unpack(codec, copy)).isEqualTo(block);
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    @ParameterizedTest
    @MethodSource("codecs")
    void readsWhateverPiecesTheStorageGives(BlockCodec codec) throws IOException {
        var block = join(text(300_000), noise(1000));
        var stored = new ByteArrayOutputStream();
        store(stored, codec.packFirst(block, 0, 1000));
        store(stored, codec.pack(block, 0, block.length));
        for (int piece : new int[] {1, 2, 7, 1000}) {
            var slow = new ByteArrayInputStream(stored.toByteArray()) {
                @Override
                public synchronized int read(byte[] target, int offset, int length) {
                    return super.read(target, offset, Math.min(piece, length));
                }
            };
            try (var document = codec.unpack(slow)) {
                assertThat(document.read()).isEqualTo(block[0] & 0xFF);
                assertThat(document.readAllBytes()).hasSize(999 + block.length);
                assertThat(document.read()).isEqualTo(-1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closesWhatItReadsFrom(Compression compression) throws IOException {
        var closed = new boolean[1];
        var document = Codecs.of(compression).unpack(new ByteArrayInputStream(new byte[10]) {
            @Override
            public void close() {
                closed[0] = true;
            }
        });

        document.close();
        document.close();

        assertThat(closed[0]).isTrue();
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "GZIP"})
    void findsEveryCutInsideABlockAndNoneBetweenBlocks(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var first = copy(codec.packFirst(text(100), 0, 100));
        var second = copy(codec.pack(text(500), 0, 500));
        var whole = join(first, second);
        int frame = compression == Compression.ZSTD ? beforePadding(first) : first.length;
        for (int length = 0; length < whole.length; length++) {
            var cut = Arrays.copyOf(whole, length);
            if (length == first.length || length == frame) {
                assertThat(unpack(codec, cut)).isEqualTo(text(100));
            } else {
                assertThatThrownBy(() -> unpack(codec, cut))
                        .as("cut at " + length)
                        .isInstanceOf(BackupException.Damaged.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "GZIP"})
    void findsEveryFlippedBitThatMatters(Compression compression) throws IOException {
        var codec = Codecs.of(compression);
        var first = copy(codec.packFirst(text(100), 0, 100));
        var whole = join(first, copy(codec.pack(text(500), 0, 500)));
        var plain = join(text(100), text(500));
        int unseen = 0;
        for (int bit = 0; bit < whole.length * 8; bit++) {
            int position = bit / 8;
            var flipped = whole.clone();
            flipped[position] ^= (byte) (1 << (bit % 8));
            try {
                assertThat(unpack(codec, flipped)).as("bit " + bit).isEqualTo(plain);
                if (compression == Compression.ZSTD
                        ? position < beforePadding(first) || position >= first.length
                        : !isInformation(position) && !isInformation(position - first.length)) {
                    unseen++;
                }
            } catch (BackupException e) {
                assertThat(e).isInstanceOfAny(BackupException.Damaged.class, BackupException.BadRequest.class);
            }
        }
        // Bits without meaning in the headers of frames and stored blocks; the digest of the file covers them.
        assertThat(unseen).isLessThan(12);
    }

    @ParameterizedTest
    @EnumSource(names = {"ZSTD", "GZIP"})
    void refusesWhatFollowsTheLastBlock(Compression compression) {
        var codec = Codecs.of(compression);
        var whole = copy(codec.pack(text(500), 0, 500));
        for (var junk : List.of(new byte[1], new byte[100], "}".getBytes(StandardCharsets.US_ASCII), noise(3))) {
            assertThatThrownBy(() -> unpack(codec, join(whole, junk)))
                    .isInstanceOf(BackupException.Damaged.class)
                    .hasMessageContaining("at byte " + whole.length);
        }
    }

    @ParameterizedTest
    @CsvSource({"ZSTD, 'the file is empty, expected a zstd frame'", "GZIP, 'the file is empty, expected a gzip member'"
    })
    void refusesAnEmptyFile(Compression compression, String message) {
        assertThatThrownBy(() -> unpack(Codecs.of(compression), new byte[0]))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage(message);
    }

    @Test
    void namesTheFrameThatIsDamaged() {
        var codec = Codecs.of(Compression.ZSTD);
        var first = copy(codec.pack(text(1000), 0, 1000));
        var second = copy(codec.pack(text(1000), 0, 1000));
        second[second.length - 1] ^= 1;

        assertThatThrownBy(() -> unpack(codec, join(first, second)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("the zstd frame at byte " + first.length + " does not fit its checksum");
        assertThatThrownBy(() -> unpack(codec, join(first, Arrays.copyOf(second, 20))))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("the file ends at byte " + (first.length + 20)
                        + " inside the zstd frame that begins at byte " + first.length);
    }

    @Test
    @Tag("promise-E3")
    void refusesAFrameThatWantsALargeWindow() {
        var frame = new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (17 << 3), 1, 0, 0};
        var single = new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, (byte) 0xe0, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0};

        assertThatThrownBy(() -> unpack(Codecs.of(Compression.ZSTD), frame))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(
                        "the zstd frame at byte 0 asks for a window of 134217728 bytes, and at most 8388608 are allowed");
        assertThatThrownBy(() -> unpack(Codecs.of(Compression.ZSTD), single))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(
                        "the zstd frame at byte 0 asks for a window of 4294967296 bytes, and at most 8388608 are allowed");
    }

    @ParameterizedTest
    @CsvSource({"ZSTD, 0", "ZSTD, 20", "ZSTD, -1", "GZIP, 0", "GZIP, 10"})
    void refusesLevelsThatAreNone(Compression compression, int level) {
        assertThatThrownBy(() -> Codecs.of(compression, level))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("compression '" + compression.label() + "' has no level " + level);
    }

    @Test
    void readsGzipHeadersOfOtherTools() throws IOException {
        var member = copy(Codecs.of(Compression.GZIP).pack(text(100), 0, 100));
        var header = new ByteArrayOutputStream();
        header.write(new byte[] {0x1f, (byte) 0x8b, 8, 4 | 8 | 16 | 2, 1, 2, 3, 4, 0, 3});
        header.write(new byte[] {3, 0, 'a', 'b', 'c'});
        header.write("name\0comment\0".getBytes(StandardCharsets.US_ASCII));
        header.write(new byte[] {0, 0});

        assertThat(unpack(
                        Codecs.of(Compression.GZIP),
                        join(header.toByteArray(), Arrays.copyOfRange(member, 10, member.length))))
                .isEqualTo(text(100));
    }

    @Test
    void theStreamOfTheJdkReadsOurGzip() throws IOException {
        var codec = Codecs.of(Compression.GZIP);
        var whole = join(copy(codec.packFirst(text(100_000), 0, 100_000)), copy(codec.pack(text(500), 0, 500)));

        try (var stream = new GZIPInputStream(new ByteArrayInputStream(whole))) {
            assertThat(stream.readAllBytes()).isEqualTo(join(text(100_000), text(500)));
        }
    }

    @ParameterizedTest
    @CsvSource({"ZSTD, zstd", "GZIP, gzip"})
    void theCommandLineToolReadsIt(Compression compression, String tool, @TempDir Path folder) throws Exception {
        var codec = Codecs.of(compression);
        var whole = join(copy(codec.packFirst(text(1000), 0, 1000)), copy(codec.pack(text(500), 0, 500)));
        var file = folder.resolve("backup" + compression.ending());
        Files.write(file, whole);
        var target = folder.resolve("plain");
        Process process;
        try {
            process = new ProcessBuilder(tool, "-d", "-c", file.toString())
                    .redirectOutput(target.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("no program '" + tool + "' here: " + e.getMessage());
            return;
        }

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
        assertThat(Files.readAllBytes(target)).isEqualTo(join(text(1000), text(500)));
    }

    static byte[] unpack(BlockCodec codec, byte[] stored) throws IOException {
        try (InputStream document = codec.unpack(new ByteArrayInputStream(stored))) {
            return document.readAllBytes();
        }
    }

    static byte[] copy(ByteBuffer packed) {
        var bytes = new byte[packed.remaining()];
        packed.get(bytes);
        return bytes;
    }

    private static void store(ByteArrayOutputStream stored, ByteBuffer packed) {
        stored.writeBytes(copy(packed));
    }

    /** {@return where the skippable frame begins that fills a first block up} */
    private static int beforePadding(byte[] first) {
        for (int i = 4; i < first.length - 8; i++) {
            if (first[i] == 0x50 && first[i + 1] == 0x2a && first[i + 2] == 0x4d && first[i + 3] == 0x18) {
                return i;
            }
        }
        throw new AssertionError("no skippable frame");
    }

    /** {@return whether that byte of a gzip member tells time, effort or system, or is the flag for text} */
    private static boolean isInformation(int position) {
        return position >= 3 && position < 10;
    }

    static byte[] text(int size) {
        var text = "{\"name\":\"system.tag\",\"_id\":1},\n".repeat(size / 30 + 1);
        return text.substring(0, size).getBytes(StandardCharsets.US_ASCII);
    }

    static byte[] noise(int size) {
        var random = new SplittableRandom(size);
        var bytes = new byte[size];
        random.nextBytes(bytes);
        return bytes;
    }

    static byte[] join(byte[] first, byte[] second) {
        var all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }
}
