package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.testkit.Golden;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of procedures names the columns that the signatures have, in their order; {@link ProceduresIT} holds those to the server. */
@Timeout(30)
class ProceduresPageTest {

    private static final Path PAGE = Path.of("docs/procedures.md");
    private static final Pattern SIGNATURE = Pattern.compile("(ign\\.backup\\.\\w+)\\(.*?\\) :: \\((.*)\\) READ.*");
    private static final Pattern COLUMN = Pattern.compile("(\\w+) :: ((?:(?!, \\w+ ::).)+)");
    private static final Pattern ROW = Pattern.compile("\\| `(\\w+)` \\| `([A-Z<> ]+)` \\| .*\\S.* \\|");

    @Test
    void everyProcedureHasASectionWithItsColumns() {
        var listRow = columns().get("ign.backup.list");
        var described = described();
        for (var same : List.of("ign.backup.pin", "ign.backup.unpin")) {
            assertThat(columns().get(same)).isEqualTo(listRow);
            assertThat(described.put(same, listRow))
                    .as("the row of %s is said to be that of list", same)
                    .isEmpty();
        }

        assertThat(described).isEqualTo(columns());
    }

    private static Map<String, List<String>> columns() {
        var columns = new TreeMap<String, List<String>>();
        Golden.read(Golden.SIGNATURES).lines().forEach(line -> {
            var signature = SIGNATURE.matcher(line);
            assertThat(signature.matches()).as(line).isTrue();
            columns.put(
                    signature.group(1),
                    COLUMN.matcher(signature.group(2))
                            .results()
                            .map(column -> column.group(1) + " " + column.group(2))
                            .toList());
        });
        return columns;
    }

    private static Map<String, List<String>> described() {
        var described = new TreeMap<String, List<String>>();
        List<String> section = new ArrayList<>();
        for (var line : Markdown.of(PAGE).lines()) {
            if (line.startsWith("## ")) {
                section = new ArrayList<>();
                described.put(line.substring(3), section);
            }
            var row = ROW.matcher(line);
            if (row.matches()) {
                section.add(row.group(1) + " " + row.group(2));
            }
        }
        return described;
    }
}
