package ign.backup.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class StateFileTest {

    @TempDir
    private Path home;

    private StateFile file() {
        return new StateFile(home.resolve("of/the/plugin"), "state.json");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void isEmptyUntilItIsWrittenAndThenHoldsTheLast() {
        assertThat(file().read()).isEmpty();
        assertThat(home.resolve("of")).doesNotExist();

        file().write(bytes("first"));
        file().write(bytes("second"));

        assertThat(file().read()).contains(bytes("second"));
    }

    @Test
    void nothingElseIsLeftBesideIt() throws IOException {
        file().write(bytes("text"));

        try (var files = Files.list(home.resolve("of/the/plugin"))) {
            assertThat(files.map(path -> path.getFileName().toString())).containsExactly("state.json");
        }
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(home.resolve("of/the/plugin/state.json"))))
                .doesNotContain("rwx")
                .endsWith("---");
    }

    @Test
    void whatIsSetAsideIsNotLost() throws IOException {
        file().write(bytes("damaged"));

        var aside = file().setAside();

        assertThat(file().read()).isEmpty();
        assertThat(Files.readString(Path.of(aside))).isEqualTo("damaged");
    }
}
