package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.GraphVisitor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
@Tag("promise-E4")
class StrictReadingTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "null | expected a value, found null",
                "[1,2.5] | a list holds whole numbers and decimals",
                "[2.5,1] | a list holds whole numbers and decimals",
                "[1,\"a\"] | expected a number like the others of the list, found a string",
                "[\"a\",1] | expected a string like the others of the list, found a whole number",
                "[\"a\",null] | expected a string like the others of the list, found null",
                "[true,1] | expected a boolean like the others of the list, found a whole number",
                "[null] | expected a list of strings, booleans or numbers, found in it null",
                "[[1]] | expected a list of strings, booleans or numbers, found in it a list",
                "[{}] | expected a list of strings, booleans or numbers, found in it an object",
                "9223372036854775808 | a whole number is outside the range of 64 bits",
                "-9223372036854775809 | a whole number is outside the range of 64 bits",
                "1e999 | a decimal is outside the range of 64 bits",
                "\"\\ud800\" | a string holds half a surrogate pair, which is no character",
                "\"\\udc00x\" | a string holds half a surrogate pair, which is no character",
                "[\"\\ud800\"] | a string holds half a surrogate pair, which is no character",
                "{} | expected an object with '$type' and '_value', found no '$type'; a map cannot be stored in a property",
                "{\"a\":1} | expected an object with '$type' and '_value', found field 'a'; a map cannot be stored in a property",
                "{\"$type\":\"Date\"} | expected an object with '$type' and '_value', found no '_value'; a map cannot be stored in a property",
                "{\"$type\":\"Date\",\"$type\":\"Date\",\"_value\":\"2020-01-01\"} | field '$type' stands twice in a typed value",
                "{\"$type\":\"Date\",\"_value\":null} | expected a string, a boolean or a number in a typed value, found null",
                "{\"$type\":\"Date\",\"_value\":{}} | expected a string, a boolean or a number in a typed value, found an object",
                "{\"$type\":\"Date\",\"_value\":[\"2020-01-01\"]} | a value of type 'Date' cannot be a list",
                "{\"$type\":\"Date[]\",\"_value\":\"2020-01-01\"} | a value of type 'Date[]' must be a list",
                "{\"$type\":\"Date\",\"_value\":20200101} | '20200101' is no Date: expected a string",
                "{\"$type\":\"Byte\",\"_value\":128} | '128' is no Byte: Value out of range. Value:\"128\" Radix:10",
                "{\"$type\":\"Int\",\"_value\":1.5} | '1.5' is no Int: For input string: \"1.5\"",
                "{\"$type\":\"Int\",\"_value\":true} | 'true' is no Int: expected a number",
                "{\"$type\":\"Float32\",\"_value\":1e39} | '1e39' is no Float32: outside the range of 32 bits",
                "{\"$type\":\"Float\",\"_value\":1e309} | '1e309' is no Float: outside the range of 64 bits",
                "{\"$type\":\"Boolean\",\"_value\":\"true\"} | 'true' is no Boolean: expected true or false",
                "{\"$type\":\"Char\",\"_value\":\"ab\"} | 'ab' is no Char: expected one character",
                "{\"$type\":\"Char\",\"_value\":\"\"} | '' is no Char: expected one character",
                "{\"$type\":\"String\",\"_value\":5} | '5' is no String: expected a string",
                "{\"$type\":\"Duration\",\"_value\":\"P\"} | 'P' is no Duration: 'P' is no duration",
                "{\"$type\":\"Duration\",\"_value\":\"P1YT\"} | 'P1YT' is no Duration: 'P1YT' is no duration",
                "{\"$type\":\"Point\",\"_value\":\"SRID=1;POINT (1 2)\"} | 'SRID=1;POINT (1 2)' is no Point: a point with SRID 1 cannot have the coordinates [1.0, 2.0]",
                "{\"$type\":\"Point\",\"_value\":\"SRID=7203;POINT (NaN 2)\"} | 'SRID=7203;POINT (NaN 2)' is no Point: a point with SRID 7203 cannot have the coordinates [NaN, 2.0]",
                "{\"$type\":\"Point\",\"_value\":\"SRID=9157;POINT (1 2)\"} | 'SRID=9157;POINT (1 2)' is no Point: a point with SRID 9157 cannot have the coordinates [1.0, 2.0]",
                "{\"$type\":\"Point\",\"_value\":\"SRID=7203;POINT (1 2 3)\"} | 'SRID=7203;POINT (1 2 3)' is no Point: 'SRID=7203;POINT (1 2 3)' is no point",
                "{\"$type\":\"Point[]\",\"_value\":[]} | an empty array of points cannot be stored",
                "{\"$type\":\"Point[]\",\"_value\":[\"SRID=7203;POINT (1 2)\",\"SRID=4326;POINT (1 2)\"]} | an array of points mixes the SRIDs 7203 and 4326",
                "{\"$type\":\"Int[]\",\"_encoding\":\"base64\",\"_value\":\"AAA=\"} | an array of numbers is not the Base64 of whole numbers: 2 bytes are not a multiple of 4",
                "{\"$type\":\"Int[]\",\"_encoding\":\"base64\",\"_value\":\"A*==\"} | an array of numbers is not the Base64 of whole numbers: Illegal base64 character 2a",
                "{\"$type\":\"Int[]\",\"_encoding\":\"hex\",\"_value\":\"00\"} | encoding 'hex' is only known as 'base64', for one string with an array of numbers",
                "{\"$type\":\"Date[]\",\"_encoding\":\"base64\",\"_value\":\"\"} | encoding 'base64' is only known as 'base64', for one string with an array of numbers",
                "{\"$type\":\"Unheard\",\"_value\":\"\"} | type 'Unheard' of a value is not known, expected one of [Boolean, Byte, Short, Int, Integer, Float32, Float, Char, String, Date, LocalTime, Time, LocalDateTime, ZonedDateTime, Duration, Point]",
            })
    void refusesAValueThatIsNone(String value, String message) {
        assertThatThrownBy(() -> Documents.read(Documents.withValue("1.1.0", value)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("line 3, node number 1, property 'p': " + message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "NaN",
                "Infinity",
                "-Infinity",
                "+1",
                "01",
                ".5",
                "1.",
                "'a'",
                "undefined",
                "\"a",
                "\"\n\"",
                "\"\t\""
            })
    void refusesWhatIsNoJson(String value) {
        assertThatThrownBy(() -> Documents.read(Documents.withValue("1.0.0", value)))
                .isInstanceOf(BackupException.Damaged.class)
                .message()
                .matches("(?s)line \\d, node number 1.*: no valid JSON: .*");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2020-02-30", "2020-1-1", "20200101", "", "today"})
    void refusesADateThatIsNone(String text) {
        assertThatThrownBy(() -> Documents.read(
                        Documents.withValue("1.1.0", "{\"$type\":\"Date\",\"_value\":\"" + text + "\"}")))
                .isInstanceOf(BackupException.Damaged.class)
                .message()
                .startsWith("line 3, node number 1, property 'p': '" + text + "' is no Date: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UUID", "UUID[]", "Vector", "Float32Vector", "VECTOR<FLOAT>(3)"})
    void saysThatAValueOfEnterpriseCannotBeStored(String type) {
        assertThatThrownBy(() ->
                        Documents.read(Documents.withValue("1.1.0", "{\"$type\":\"" + type + "\",\"_value\":\"1\"}")))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("line 3, node number 1, property 'p': a value of type '" + type
                        + "' cannot be stored by Neo4j Community");
    }

    @Test
    void namesAnUnknownTimeZoneWithItsElement() {
        var value = "{\"$type\":\"ZonedDateTime\",\"_value\":\"2020-01-01T00:00+01:00[Europe/Atlantis]\"}";

        assertThatThrownBy(() -> Documents.read(
                        Documents.withNodes("1.1.0", "{\"_id\":7,\"_labels\":[],\"p\":" + value + "}", 1)))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("line 3, node number 1 (_id 7), property 'p': the time zone of"
                        + " '2020-01-01T00:00+01:00[Europe/Atlantis]' is not known to this Java"
                        + " (Unknown time-zone ID: Europe/Atlantis)");
    }

    @Test
    void keepsTheInstantAndSaysSoWhereTheZoneHasAnotherOffset() {
        var value = "{\"$type\":\"ZonedDateTime\",\"_value\":\"2020-01-01T00:00+05:00[Europe/Paris]\"}";
        var graph = new SampleGraph();

        var reading = Documents.reading(Documents.stream(Documents.withValue("1.1.0", value)), graph);

        assertThat(graph.nodes().get(0).properties().get("p")).hasToString("2019-12-31T20:00+01:00[Europe/Paris]");
        assertThat(reading.warnings())
                .containsExactly(
                        "line 3, node number 1, property 'p': '2020-01-01T00:00+05:00[Europe/Paris]' is"
                                + " '2019-12-31T20:00+01:00[Europe/Paris]' by the time zone data of this Java; the instant is kept");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"_labels\":[]} | node without [_id]",
                "{\"_id\":1} | node without [_labels]",
                "{} | node without [_id, _labels]",
                "[] | expected an object as node, found a list",
                "{\"_id\":\"1\",\"_labels\":[]} | expected a whole number as '_id', found a string",
                "{\"_id\":1.5,\"_labels\":[]} | expected a whole number as '_id', found a decimal",
                "{\"_id\":-1,\"_labels\":[]} | expected 0 or more as '_id', found -1",
                "{\"_id\":1,\"_labels\":\"A\"} | expected a list as '_labels', found a string",
                "{\"_id\":1,\"_labels\":[1]} | expected a string as label, found a whole number",
                "{\"_id\":1,\"_labels\":[\"A\",\"A\"]} | label 'A' stands twice at one node",
                "{\"_id\":1,\"_labels\":[\"\"]} | a name is empty or holds the character NUL, which Neo4j does not allow",
                "{\"_id\":1,\"_labels\":[\"a\\u0000\"]} | a name is empty or holds the character NUL, which Neo4j does not allow",
                "{\"\":1,\"_id\":1,\"_labels\":[]} | a name is empty or holds the character NUL, which Neo4j does not allow",
                "{\"a\\u0000\":1,\"_id\":1,\"_labels\":[]} | a name is empty or holds the character NUL, which Neo4j does not allow",
                "{\"a\":1,\"a\":1,\"_id\":1,\"_labels\":[]} | field 'a' stands twice in one element",
                "{\"_id\":1,\"_labels\":[],\"_labels\":[]} | field '_labels' stands twice in one element",
                "{\"_x\":1,\"_id\":1,\"_labels\":[]} | field '_x' is not one of the format, and a property of that name would begin with '__'",
                "{\"$x\":1,\"_id\":1,\"_labels\":[]} | field '$x' is not one of the format, and a property of that name would begin with '_$'",
                "{\"_type\":\"A\",\"_id\":1,\"_labels\":[]} | field '_type' is not one of the format, and a property of that name would begin with '__'",
            })
    void refusesANodeThatIsNone(String node, String message) {
        assertThatThrownBy(() -> Documents.read(Documents.withNodes("1.1.0", node, 1)))
                .isInstanceOf(BackupException.Damaged.class)
                .message()
                .startsWith("line 3, node number 1")
                .endsWith(": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"_id\":1} | relationship without [_type, _start_id, _end_id]",
                "{\"_type\":1} | expected a string as '_type', found a whole number",
                "{\"_type\":\"\"} | a name is empty or holds the character NUL, which Neo4j does not allow",
                "{\"_start_id\":null} | expected a whole number as '_start_id', found null",
            })
    void refusesARelationshipThatIsNone(String relationship, String message) {
        assertThatThrownBy(() -> Documents.read(
                        "{\"metadata\":{\"version\":\"1.1.0\",\"node_count\":0,\"relationship_count\":1},\n"
                                + "\"data\":{\"nodes\":[],\"relationships\":[\n" + relationship + "]}}"))
                .isInstanceOf(BackupException.Damaged.class)
                .message()
                .startsWith("line 3, relationship number 1")
                .endsWith(": " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "[] | line 1: expected an object, found a list",
                "`` | line 1: the document ends too early",
                "{} | line 1: the document has no 'data'",
                "{\"data\":{\"nodes\":[],\"relationships\":[]}} | line 1: the document has no 'metadata'",
                "{M,\"data\":{\"nodes\":[]}} | line 1: the document has no 'relationships'",
                "{M,\"data\":{\"relationships\":[]}} | line 1: the document has no 'nodes'",
                "{M} | line 1: the document has no 'data'",
                "{M,M} | line 1: 'metadata' stands twice in the document",
                "{M,D,D} | line 1: 'data' stands twice in the document",
                "{M,\"data\":{\"nodes\":[],\"nodes\":[]}} | line 1: 'nodes' stands twice in the document",
                "{M,\"data\":{\"schema\":{},\"schema\":{}}} | line 1: 'schema' stands twice in the document",
                "{M,\"data\":{\"statistics\":{},\"statistics\":{}}} | line 1: 'statistics' stands twice in the document",
                "{M,\"data\":[]} | line 1: expected an object as 'data', found a list",
                "{M,\"data\":{\"nodes\":{}}} | line 1: expected a list as 'nodes', found an object",
                "{M,D} 1 | line 1: something follows the end of the document",
                "{M,D}{} | line 1: something follows the end of the document",
                "{M,D | line 1: the document ends too early",
                "{\"metadata\":{\"a\":1,\"a\":1}} | line 1: field 'a' stands twice in 'metadata'",
                "{\"metadata\":{}} | expected a string as field 'version' of 'metadata', found none",
                "{\"metadata\":{\"version\":1}} | expected a string as field 'version' of 'metadata', found '1'",
                "{\"metadata\":{\"version\":\"1.0\"}} | expected a whole number of 0 or more as field 'node_count' of 'metadata', found none",
                "{\"metadata\":{\"version\":\"1.0\",\"node_count\":-1}} | expected a whole number of 0 or more as field 'node_count' of 'metadata', found '-1'",
            })
    void refusesADocumentThatIsNone(String document, String message) {
        var whole = document.replace(
                        "M", "\"metadata\":{\"version\":\"1.1.0\",\"node_count\":0,\"relationship_count\":0}")
                .replace("D", "\"data\":{\"nodes\":[],\"relationships\":[]}");

        assertThatThrownBy(() -> Documents.read(whole))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage(message);
    }

    @Test
    void stopsAtTheFirstElementMoreThanTheHeaderStates() {
        assertThatThrownBy(() -> Documents.read(
                        Documents.withNodes("1.1.0", "{\"_id\":1,\"_labels\":[]},\n{\"_id\":2,\"_labels\":[]}", 1)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessage("line 4, node number 2: the header states 1 nodes, and here is one more");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "c080",
                "c1bf",
                "e08080",
                "eda080",
                "edb080",
                "f0808080",
                "f4908080",
                "f8888080",
                "ff",
                "80",
                "c3",
                "e282",
                "c328"
            })
    void refusesBytesThatAreNotUtf8(String hex) {
        var document = Documents.withValue("1.1.0", "\"aXXb\"");
        var bytes = document.getBytes(StandardCharsets.ISO_8859_1);
        int at = document.indexOf("XX");
        var wrong = HexFormat.of().parseHex(hex);
        var all = new byte[bytes.length - 2 + wrong.length];
        System.arraycopy(bytes, 0, all, 0, at);
        System.arraycopy(wrong, 0, all, at, wrong.length);
        System.arraycopy(bytes, at + 2, all, at + wrong.length, bytes.length - at - 2);

        assertThatThrownBy(() -> Documents.read(new ByteArrayInputStream(all)))
                .isInstanceOf(BackupException.Damaged.class)
                .message()
                .matches("byte \\d+ of the document is not UTF-8 \\(line 1 or a little later\\)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-16", "UTF-32"})
    void refusesOtherEncodings(String encoding) throws IOException {
        var bytes = Documents.withValue("1.1.0", "1").getBytes(encoding);

        assertThatThrownBy(() -> Documents.read(new ByteArrayInputStream(bytes)))
                .isInstanceOf(BackupException.Damaged.class)
                .hasMessageContaining("is not UTF-8");
    }

    @Test
    void judgesUtf8TheSameHoweverItArrives() {
        var text = "aé漢\ud83d\ude00\u07ff\u0800\uffff";
        var document =
                Documents.withValue("1.1.0", "\"" + text.repeat(50) + "\"").getBytes(StandardCharsets.UTF_8);

        for (int piece = 1; piece < 20; piece++) {
            assertThat(Documents.read(pieces(document, piece))
                            .nodes()
                            .get(0)
                            .properties()
                            .get("p"))
                    .isEqualTo(text.repeat(50));
        }
    }

    @Test
    void saysThatADiskFailedAndNotThatTheFileIsDamaged() {
        var document = Documents.withValue("1.1.0", "1").getBytes(StandardCharsets.UTF_8);
        var failing = new InputStream() {
            private boolean first = true;

            @Override
            public int read() throws IOException {
                throw new IOException("input/output error");
            }

            @Override
            public int read(byte[] target, int offset, int length) throws IOException {
                if (!first) {
                    throw new IOException("input/output error");
                }
                first = false;
                System.arraycopy(document, 0, target, offset, 20);
                return 20;
            }
        };

        assertThatThrownBy(() -> Documents.reading(failing, new GraphVisitor() {}))
                .isInstanceOf(BackupException.Unavailable.class)
                .hasMessage("the backup cannot be read: input/output error")
                .hasCauseInstanceOf(IOException.class);
    }

    private static InputStream pieces(byte[] bytes, int size) {
        return new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length)) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(size, length));
            }
        };
    }
}
