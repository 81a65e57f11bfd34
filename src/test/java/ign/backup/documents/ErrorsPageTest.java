package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import ign.backup.testkit.Golden;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of errors and the table in the code are one; its examples are executed by {@link DocumentsIT}. */
@Timeout(30)
class ErrorsPageTest {

    private static final Path PAGE = Path.of("docs/errors.md");

    @Test
    void theTableIsThatOfTheCode() {
        var rows = Arrays.stream(ErrorCode.values())
                .map(code -> "| [`" + code.label() + "`](#" + code.label() + ") | " + code.exitCode() + " | "
                        + code.meaning() + " |\n")
                .collect(Collectors.joining());

        Golden.comparePart(PAGE, "codes", "| code | number | meaning |\n|---|---|---|\n" + rows);
    }

    @Test
    void everyCodeHasASectionInTheOrderOfTheTable() {
        var sections = Markdown.of(PAGE).lines().stream()
                .filter(line -> line.startsWith("## "))
                .map(line -> line.substring(3))
                .toList();

        assertThat(sections)
                .isEqualTo(
                        Arrays.stream(ErrorCode.values()).map(ErrorCode::label).toList());
    }

    @Test
    void theHintsThatNeverChangeAreThoseOfTheCode() {
        var page = Golden.read(PAGE);
        for (var failure :
                List.of(new BackupException.Defect("m", null), new BackupException.Cancelled("cancelled by 'neo4j'"))) {
            assertThat(page).contains("HINT: " + failure.hint());
        }
    }
}
