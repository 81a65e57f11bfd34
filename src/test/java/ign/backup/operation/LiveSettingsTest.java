package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.config.Configuration;
import ign.backup.config.Settings;
import ign.backup.model.BackupException;
import ign.backup.storage.StateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class LiveSettingsTest {

    private final List<Events.Event> told = new ArrayList<>();

    @TempDir
    private Path home;

    /** The settings of a server that has started, with what earlier ones kept. */
    private LiveSettings settings() {
        var keeper = StateKeeper.of(new StateFile(home, "state.json"), told::add);
        return new LiveSettings(Configuration.defaults(), keeper, LiveSettingsTest::refuseThirteen, told::add);
    }

    private static void refuseThirteen(Configuration configuration) {
        if (configuration.get(Settings.NODE_THRESHOLD) == 13) {
            throw new BackupException.BadRequest("13 cannot be used", "Use another number.");
        }
    }

    @Test
    void aChangeCountsAtOnceAndForTheNextServer() {
        var settings = settings();

        settings.change(Map.of("node_threshold", Optional.of("7")));

        assertThat(settings.get(Settings.NODE_THRESHOLD)).isEqualTo(7);
        assertThat(settings().get(Settings.NODE_THRESHOLD)).isEqualTo(7);
        settings.change(Map.of("node_threshold", Optional.empty()));
        assertThat(settings().get(Settings.NODE_THRESHOLD)).isEqualTo(50);
        assertThat(told).isEmpty();
    }

    @Test
    void ofSeveralChangesAllCountOrNone() {
        var settings = settings();

        assertThatThrownBy(() ->
                        settings.change(Map.of("rel_threshold", Optional.of("8"), "node_threshold", Optional.of("13"))))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("13 cannot be used");
        assertThatThrownBy(() ->
                        settings.change(Map.of("rel_threshold", Optional.of("8"), "node_treshold", Optional.empty())))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage("there is no setting 'node_treshold'");

        assertThat(settings.get(Settings.REL_THRESHOLD)).isEqualTo(100);
        assertThat(settings().get(Settings.REL_THRESHOLD)).isEqualTo(100);
    }

    /** As after a change to a version without that setting. */
    @Test
    void keptSettingsThatCannotBeAnyMoreDoNotDisableThePlugin() throws IOException {
        settings().change(Map.of("node_threshold", Optional.of("7")));
        var file = home.resolve("state.json");
        Files.writeString(file, Files.readString(file).replace("node_threshold", "of_old_times"));

        var settings = settings();

        assertThat(settings.get(Settings.NODE_THRESHOLD)).isEqualTo(50);
        assertThat(told).singleElement().asString().contains("there is no setting 'of_old_times'");
        assertThat(settings.change(Map.of())).isNotEmpty();
        settings.change(Map.of("of_old_times", Optional.empty(), "rel_threshold", Optional.of("9")));
        assertThat(settings().get(Settings.REL_THRESHOLD)).isEqualTo(9);
    }

    @Test
    void aStateThatCannotBeReadIsSetAsideAndSaid() throws IOException {
        settings().change(Map.of("node_threshold", Optional.of("7")));
        var file = home.resolve("state.json");
        var damaged = Files.readString(file).substring(5);
        Files.writeString(file, damaged);

        assertThat(settings().get(Settings.NODE_THRESHOLD)).isEqualTo(50);

        assertThat(told).singleElement().asString().contains("state.json' cannot be read");
        assertThat(home.resolve("state.json.damaged")).hasContent(damaged);
    }
}
