package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Compression;
import ign.backup.model.Tier;
import java.util.HashSet;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BackupNamingTest {

    private static final String TIME = "20250128_143022";

    private final BackupNaming naming = new BackupNaming(
            "ign_scripts_db_backup_{timestamp}.json",
            Map.of(Tier.DAILY, "neo4j-daily-", Tier.WEEKLY, "neo4j-weekly-", Tier.MONTHLY, "neo4j-monthly-"));

    @ParameterizedTest
    @CsvSource({
        "MANUAL,      NONE, ign_scripts_db_backup_20250128_143022.json",
        "MANUAL,      ZSTD, ign_scripts_db_backup_20250128_143022.json.zst",
        "AUTO,        GZIP, ign_scripts_db_backup_20250128_143022.json.gz",
        "PRE_UPGRADE, NONE, ign_scripts_db_backup_20250128_143022.json",
        "DAILY,       NONE, neo4j-daily-20250128_143022.json",
        "WEEKLY,      ZSTD, neo4j-weekly-20250128_143022.json.zst",
        "MONTHLY,     ZSTD, neo4j-monthly-20250128_143022.json.zst",
        "INITIAL,     NONE, initial_backup.json",
        "INITIAL,     ZSTD, initial_backup.json.zst",
    })
    void followsPatternOrPrefixAndEndsAsItIsCompressed(Tier tier, Compression compression, String expected) {
        assertThat(naming.next(tier, TIME, compression, name -> false)).hasToString(expected);
    }

    @Test
    @Tag("promise-C4")
    void backupsOfOneSecondHaveDifferentNames() {
        var taken = new HashSet<BackupName>();
        for (var number = 0; number < 3; number++) {
            taken.add(naming.next(Tier.MANUAL, TIME, Compression.ZSTD, taken::contains));
        }
        assertThat(taken)
                .extracting(BackupName::value)
                .containsExactlyInAnyOrder(
                        "ign_scripts_db_backup_20250128_143022.json.zst",
                        "ign_scripts_db_backup_20250128_143022_2.json.zst",
                        "ign_scripts_db_backup_20250128_143022_3.json.zst");
    }

    @Test
    void theInitialBackupHasOneNameOnly() {
        assertThat(naming.next(Tier.INITIAL, TIME, Compression.NONE, name -> true))
                .hasToString("initial_backup.json");
    }

    @ParameterizedTest
    @ValueSource(strings = {"backup.json", "{timestamp}", "{timestamp}.txt", "{timestamp}_{timestamp}.json", ""})
    void aPatternWithoutItsPartsIsRefused(String pattern) {
        assertThatThrownBy(() -> new BackupNaming(pattern, Map.of()))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(
                        "the file name pattern '" + pattern + "' does not hold '{timestamp}' once and end in '.json'");
    }
}
