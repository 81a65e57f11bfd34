package ign.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.cli.Answer.Row;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TableTest {

    private static final Table TABLE =
            new Table().text("FILE", "file").count("NODES", "node_count").text("REASON", "reason");

    private static final List<Row> ROWS = List.of(
            new Row(Map.of("file", "a.json", "node_count", 1_234_567L, "reason", "Before the\nlong\u001b[31m update")),
            new Row(Map.of("file", "b.json")));

    @Test
    void numbersStandToTheRightAndNothingMovesTheCursor() {
        assertThat(TABLE.lines(ROWS, Integer.MAX_VALUE))
                .containsExactly(
                        "FILE        NODES  REASON", "a.json  1,234,567  Before the long [31m update", "b.json");
    }

    @Test
    void theWidestColumnGivesWay() {
        assertThat(TABLE.lines(ROWS, 34))
                .containsExactly("FILE        NODES  REASON", "a.json  1,234,567  Before the lon…", "b.json");
    }

    @Test
    void namesAndNumbersAreNeverCut() {
        var table =
                new Table().name("FILE", "file").count("NODES", "node_count").text("REASON", "reason");

        assertThat(table.lines(ROWS, 10))
                .containsExactly("FILE        NODES  REASON", "a.json  1,234,567  Before …", "b.json");
    }

    @Test
    void amountsAreForPeople() {
        assertThat(List.of(People.size(999), People.size(1_000), People.size(999_950), People.size(2_345_678_901L)))
                .containsExactly("999 B", "1.0 kB", "1.0 MB", "2.3 GB");
        assertThat(List.of(
                        People.time(Duration.ofMillis(999)),
                        People.time(Duration.ofMillis(12_345)),
                        People.time(Duration.ofSeconds(245)),
                        People.time(Duration.ofMinutes(130)),
                        People.time(Duration.ofHours(76))))
                .containsExactly("999 ms", "12.3 s", "4 min 5 s", "2 h 10 min", "3 d 4 h");
    }
}
