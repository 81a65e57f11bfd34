package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class EpisodeAlertsTest {

    private static final OptionalLong UNKNOWN = OptionalLong.empty();

    @Test
    void fewerThanTheFileWasGivenAreMissing() {
        assertThat(EpisodeAlerts.of(OptionalLong.of(5), 5, 4)).containsExactly("Missing episode data!");
        assertThat(EpisodeAlerts.of(OptionalLong.of(5), 5, 0))
                .containsExactly("Missing episode data!", "WARNING: No episodes found");
        assertThat(EpisodeAlerts.of(UNKNOWN, 0, 0)).isEmpty();
    }

    @Test
    void whatWasDeletedMeanwhileIsNotMissing() {
        assertThat(EpisodeAlerts.of(OptionalLong.of(5), 3, 3)).isEmpty();
        assertThat(EpisodeAlerts.of(OptionalLong.of(3), 5, 5)).isEmpty();
    }

    @Test
    void aGraphThatKnowsEpisodesShouldHaveSome() {
        assertThat(EpisodeAlerts.of(OptionalLong.of(0), 0, 0)).containsExactly("WARNING: No episodes found");
    }
}
