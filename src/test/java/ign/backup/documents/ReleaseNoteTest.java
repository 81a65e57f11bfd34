package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import ign.backup.model.GraphCounts;
import ign.backup.model.Tier;
import ign.backup.operation.Backups;
import ign.backup.operation.ReleaseNote;
import ign.backup.operation.Verdict;
import ign.backup.testkit.Golden;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The Markdown of {@code ign.backup.info}. */
@Timeout(30)
class ReleaseNoteTest {

    private static final Path NOTE = Path.of("src/test/resources/golden/release-note.md");
    private static final BackupName NAME = new BackupName("ign_scripts_db_backup_20250128_143022.json.zst");

    private static String note(String reason, String user, List<String> problems) {
        var origin = new BackupHeader.Origin(
                new DatabaseName("neo4j"),
                "5.26.30",
                "0.1.0",
                "store-1",
                OffsetDateTime.parse("2025-01-28T14:30:22.123456+01:00"),
                4711,
                Tier.MANUAL,
                Optional.empty(),
                OptionalLong.of(2100),
                Optional.empty(),
                Optional.of(user));
        return note(reason, Optional.of(origin), problems);
    }

    private static String note(String reason, Optional<BackupHeader.Origin> origin, List<String> problems) {
        var header = new BackupHeader(
                "1.1.0",
                "20250128_143022",
                "2025-01-28T14:30:22.123456",
                reason,
                10_845,
                31_877,
                "full",
                "IGN Scripts Learning System",
                origin);
        var digest = new Digest("ab".repeat(32));
        var entry = new CatalogEntry(
                NAME,
                header,
                26_319_257,
                Optional.of(digest),
                State.GOOD,
                false,
                Instant.parse("2025-01-28T13:30:25Z"),
                Optional.empty(),
                OptionalLong.of(1200),
                List.of());
        var counts = new GraphCounts(10_845, 31_877, Map.of(), Map.of());
        var verdict = new Verdict(
                NAME,
                26_319_257,
                digest,
                Optional.of(header),
                counts,
                1200,
                Optional.empty(),
                true,
                false,
                problems,
                List.of(),
                List.of());
        return ReleaseNote.of(new Backups.Description(entry, verdict)).text();
    }

    @Test
    void tellsWhatTheBackupIsAndHowToRestoreIt() {
        Golden.compare(NOTE, note("Release v1.5.0 distribution backup", "neo4j", List.of()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a | b",
                "a \\| b",
                "a\\",
                "line\n| more |",
                "carriage\rreturn",
                "separator\u2028paragraph\u2029next\u0085line",
                "`code",
                "``` \n```",
                "<!-- <script>alert(1)</script>",
                "![x](http://example.org/x.png) [y](javascript:z)",
                "&#124; &amp;",
                "**bold** _it_ ~~no~~ # heading"
            })
    void textOfOthersStaysInItsCell(String text) {
        var harmless = note("plain", "plain", List.of("plain"));
        var note = note(text, text, List.of(text));

        assertThat(note.lines().count()).isEqualTo(harmless.lines().count());
        assertThat(cell(note, "Reason"))
                .doesNotContainPattern("[<>|\\\\`*_\\[\\]{}~!$@\\p{Cntrl}\u2028\u2029]")
                .doesNotContainPattern("&(?!#\\d+;)")
                .isNotBlank();
        assertThat(cell(note, "Made")).endsWith(cell(note, "Reason"));
        assertThat(cell(note, "Verification")).endsWith(cell(note, "Reason"));
    }

    @Test
    void isSilentOnWhatAForeignFileDoesNotSay() {
        var note = note("", Optional.empty(), List.of());

        assertThat(note)
                .doesNotContain("Reason")
                .contains("| Made | 2025-01-28T14:30:22.123456 |")
                .contains("| Versions | format 1.1.0 |");
    }

    private static String cell(String note, String row) {
        var begin = "| " + row + " | ";
        var line =
                note.lines().filter(each -> each.startsWith(begin)).findFirst().orElseThrow();
        assertThat(line).endsWith(" |");
        return line.substring(begin.length(), line.length() - 2);
    }
}
