package ign.backup.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page of settings and the table in the code are one. {@code -Dupdate.docs} writes the page anew. */
@Timeout(30)
class SettingsPageTest {

    private static final Path PAGE = Path.of("docs/settings.md");
    private static final String BEGIN = "<!-- table: written by SettingsPageTest -->\n";

    @Test
    void thePageSaysWhatTheTableSays() throws IOException {
        var page = Files.readString(PAGE);
        var head = page.substring(0, page.indexOf(BEGIN) + BEGIN.length());
        if (System.getProperty("update.docs") != null) {
            Files.writeString(PAGE, head + table());
            page = Files.readString(PAGE);
        }
        assertThat(page).isEqualTo(head + table());
    }

    private static String table() {
        return "| name | default | value | what it does | environment | since |\n|---|---|---|---|---|---|\n"
                + Settings.ALL.stream().map(SettingsPageTest::row).collect(Collectors.joining());
    }

    private static String row(Setting<?> setting) {
        return "| `" + setting.name() + "` | "
                + (setting.defaultText().isEmpty() ? "empty" : "`" + setting.defaultText() + "`") + " | "
                + setting.type().label() + " | " + setting.description() + " | `" + setting.environmentName() + "` | "
                + setting.since() + " |\n";
    }
}
