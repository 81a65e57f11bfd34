package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The scanner of values accepts nothing that the parser refuses, reads otherwise, or warns of. */
@Timeout(120)
class ScannerTest {

    private static final List<String> TEXTS = List.of(
            "0",
            "-0",
            "12",
            "-9223372036854775808",
            "999999999999999999",
            "0.5",
            "-1.25E-7",
            "1.0E99",
            "9e9",
            "true",
            "false",
            "null",
            "\"\"",
            "\"text\"",
            "\"é\ud83d\ude00\\n\\\"\"",
            "\"\\u00e9\"",
            "\"\\ud800\"",
            "[]",
            "[1,2]",
            "[1,2.5]",
            "[true,false]",
            "[\"a\",\"\"]",
            "[1.0,-0.0]",
            "[[1]]",
            "{}",
            "{\"$type\":\"Byte\",\"_value\":-128}",
            "{\"$type\":\"Short\",\"_value\":32767}",
            "{\"$type\":\"Int\",\"_value\":2147483647}",
            "{\"$type\":\"Integer\",\"_value\":\"1\"}",
            "{\"$type\":\"Float32\",\"_value\":3.4028235E38}",
            "{\"$type\":\"Float32\",\"_value\":\"-Infinity\"}",
            "{\"$type\":\"Float\",\"_value\":\"NaN\"}",
            "{\"$type\":\"Char\",\"_value\":\"x\"}",
            "{\"$type\":\"Char\",\"_value\":55296}",
            "{\"$type\":\"Boolean[]\",\"_value\":[true]}",
            "{\"$type\":\"String[]\",\"_value\":[\"a\",\"b\"]}",
            "{\"$type\":\"Integer[]\",\"_value\":[]}",
            "{\"$type\":\"Float32[]\",\"_value\":[0.1,1.0E38]}",
            "{\"$type\":\"Byte[]\",\"_encoding\":\"base64\",\"_value\":\"AAEC+w==\"}",
            "{\"$type\":\"Float32[]\",\"_encoding\":\"base64\",\"_value\":\"AAAAAAAAAAA=\"}",
            "{\"$type\":\"Date\",\"_value\":\"2020-02-29\"}",
            "{\"$type\":\"Date\",\"_value\":\"-999999999-01-01\"}",
            "{\"$type\":\"LocalTime\",\"_value\":\"23:59:59.999999999\"}",
            "{\"$type\":\"Time\",\"_value\":\"01:02:03.000000004+05:30\"}",
            "{\"$type\":\"LocalDateTime\",\"_value\":\"2025-01-28T14:30:22\"}",
            "{\"$type\":\"OffsetDateTime\",\"_value\":\"2025-01-28T14:30:22.5Z\"}",
            "{\"$type\":\"OffsetDateTime\",\"_value\":\"2025-01-28T14:30-17:59\"}",
            "{\"$type\":\"ZonedDateTime\",\"_value\":\"2025-01-28T14:30:22+01:00[Europe/Paris]\"}",
            "{\"$type\":\"ZonedDateTime\",\"_value\":\"2025-07-28T14:30:22+02:00[Europe/Paris]\"}",
            "{\"$type\":\"ZonedDateTime[]\",\"_value\":[\"2025-01-28T14:30:22Z\",\"2025-01-28T14:30:22+01:00[Europe/Paris]\"]}",
            "{\"$type\":\"Duration\",\"_value\":\"P14M3DT-0.5S\"}",
            "{\"$type\":\"Point\",\"_value\":\"SRID=4326;POINT (2.35 48.85)\"}",
            "{\"$type\":\"Point[]\",\"_value\":[\"SRID=7203;POINT (1.0 2.0)\"]}");

    private static final String SPRINKLED = "0123456789-+.:eETZ[]{}\",\\=PSA é\u0001";

    private final ValueScanner scanner = new ValueScanner();

    @Test
    void understandsWhatOurOwnWriterMakesOfOrdinaryValues() {
        var forTheParser = new ArrayList<String>();
        ValueSamples.all().forEach((what, value) -> {
            var text = Documents.write(SampleGraph.ofProperties(Map.of("p", value)))
                    .text();
            int from = text.indexOf("\n{\"p\":") + 6;
            var written = text.substring(from, text.indexOf(",\"_labels\":", from));
            if (!isUnderstood(written)) {
                forTheParser.add(what);
            }
        });

        assertThat(forTheParser).hasSizeLessThan(ValueSamples.all().size() / 3);
        assertThat(TEXTS.stream().filter(this::isUnderstood).count()).isGreaterThan(36);
    }

    @Test
    void acceptsNothingThatTheParserRefusesOrWarnsOf() {
        int accepted = 0;
        for (long seed = 1; seed <= 120_000; seed++) {
            var text = mutated(new SplittableRandom(seed));
            if (isUnderstood(text)) {
                accepted++;
                assertThat(parsed(text)).as("seed " + seed + ": " + text).isEqualTo("a value");
            }
        }

        assertThat(accepted).isGreaterThan(10_000);
    }

    @Test
    void whatIsReadWithoutAParserIsWhatTheParserReads() {
        int read = 0;
        for (long seed = 1; seed <= 60_000; seed++) {
            var text = seed <= TEXTS.size() ? TEXTS.get((int) seed - 1) : mutated(new SplittableRandom(seed));
            if (isUnderstood(text)) {
                var bytes = (text + "\n").getBytes(StandardCharsets.UTF_8);
                var plain = PlainValues.read(bytes, 0, bytes.length - 1);
                if (plain != null) {
                    read++;
                    var input = new JsonInput.Parts(Limits.DEFAULT).input(bytes, 0, bytes.length);
                    var parsed = new ValueReader(input, Dialect.of(Documents.DRAFT), new Warnings()).read(input.next());
                    assertThat(plain).as(text).isEqualTo(parsed).hasSameClassAs(parsed);
                }
            }
        }

        assertThat(read).isGreaterThan(5_000);
        assertThat(TEXTS.stream().filter(this::isUnderstood).filter(text -> !isPlain(text)))
                .allMatch(text -> text.contains("[") || text.contains("\\") || text.contains("$type"));
    }

    /** What a list takes in memory counts, and more of it is allowed in an element than before the first one. */
    @Test
    void readsALongListOfShortTexts() {
        var text = "[\"\"" + ",\"\"".repeat(299_999) + "]";
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var input = new JsonInput.Parts(Limits.DEFAULT).input(bytes, 0, bytes.length);

        var value = new ValueReader(input, Dialect.of(Documents.DRAFT), new Warnings()).read(input.next());

        assertThat((String[]) value).hasSize(300_000);
    }

    private static boolean isPlain(String text) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        return PlainValues.read(bytes, 0, bytes.length) != null;
    }

    /** All lengths and places of a character within the eight bytes that are looked at together. */
    @Test
    void findsTheEndOfEveryString() {
        for (int length = 0; length < 20; length++) {
            for (int at = 0; at <= length; at++) {
                for (var special : List.of(
                        "",
                        "\"",
                        "\\n",
                        "\\",
                        "\u001f",
                        " ",
                        "\u007f",
                        "\u0080",
                        "é",
                        "\u20ac",
                        "\ud83d\ude00",
                        "!",
                        "#",
                        "[",
                        "]")) {
                    var text = '"' + "x".repeat(at) + special + "y".repeat(length - at) + '"';
                    boolean accepted = isUnderstood(text);
                    assertThat(accepted)
                            .as(text)
                            .isEqualTo(!special.equals("\"")
                                    && !special.equals("\u001f")
                                    && parsed(text).equals("a value"));
                }
            }
        }
    }

    @Test
    void refusesEveryFormOfUtf8ThatTheReaderRefuses() {
        for (int first = 0x80; first <= 0xFF; first++) {
            for (int second : new int[] {0x22, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0}) {
                for (int third : new int[] {0x22, 0x7F, 0x80, 0xBF, 0xC0}) {
                    var bytes =
                            new byte[] {'"', 'a', (byte) first, (byte) second, (byte) third, (byte) 0x80, '"', '\n'};
                    if (scanner.end(bytes, 0) == bytes.length - 1) {
                        assertThat(parsed(bytes, bytes.length - 1)).isEqualTo("a value");
                    }
                }
            }
        }
    }

    private static String mutated(SplittableRandom random) {
        var text = new StringBuilder(TEXTS.get(random.nextInt(TEXTS.size())));
        for (int i = random.nextInt(3); i > 0; i--) {
            // Mostly behind the name of the type, where the digits are.
            int from = random.nextInt(4) == 0 ? 0 : Math.max(0, text.lastIndexOf(":\""));
            int at = from + random.nextInt(text.length() - from);
            char sprinkled = random.nextInt(3) == 0
                    ? SPRINKLED.charAt(random.nextInt(SPRINKLED.length()))
                    : (char) ('0' + random.nextInt(10));
            switch (random.nextInt(4)) {
                case 0 -> text.insert(at, sprinkled);
                case 1 -> text.deleteCharAt(at);
                default -> text.setCharAt(at, sprinkled);
            }
            if (text.length() == 0) {
                text.append('0');
            }
        }
        return text.toString();
    }

    private boolean isUnderstood(String value) {
        var bytes = (value + "\n").getBytes(StandardCharsets.UTF_8);
        return scanner.end(bytes, 0) == bytes.length - 1;
    }

    private static String parsed(String value) {
        var bytes = value.getBytes(StandardCharsets.UTF_8);
        return parsed(bytes, bytes.length);
    }

    /** {@return "a value", or what the strict reader says against it} */
    private static String parsed(byte[] bytes, int length) {
        try {
            var input = JsonInput.ofPart(new ByteArrayInputStream(bytes, 0, length), Limits.DEFAULT);
            var warnings = new Warnings();
            new ValueReader(input, Dialect.of(Documents.DRAFT), warnings).read(input.next());
            return input.nextOrEnd() != null ? "more than a value" : String.join("", warnings.all()) + "a value";
        } catch (BackupException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
