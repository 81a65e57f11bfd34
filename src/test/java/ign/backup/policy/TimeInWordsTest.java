package ign.backup.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(30)
class TimeInWordsTest {

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0 milliseconds",
        "PT0.25S, 250 milliseconds",
        "PT1S, 1 second",
        "PT10S, 10 seconds",
        "PT90S, 1 minute and 30 seconds",
        "PT1H, 1 hour",
        "PT36H, 1 day and 12 hours",
        "P365D, 365 days",
        "PT24H1S, 1 day and 1 second",
        "PT25H1M1S, 1 day and 1 hour",
    })
    void saysTheTwoLargestUnits(Duration time, String words) {
        assertThat(TimeInWords.of(time)).isEqualTo(words);
    }
}
