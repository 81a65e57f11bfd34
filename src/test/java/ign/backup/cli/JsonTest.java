package ign.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.cli.Answer.Row;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What scripts read, to the letter. */
class JsonTest {

    @Test
    void everyKindOfValueHasOneForm() {
        var values = new HashMap<String, @Nullable Object>();
        values.put("file", "a \"b\".json");
        values.put("count", Long.MAX_VALUE);
        values.put("percent", 12.5);
        values.put("good", true);
        values.put("hint", null);
        values.put("time", ZonedDateTime.of(2025, 3, 30, 0, 30, 7, 123_000_000, ZoneId.of("Europe/Berlin")));
        values.put("warnings", List.of("one", 2L));
        values.put("details", Map.of("b", 1L, "a", List.of()));

        assertThat(Json.of(
                        new Row(values),
                        List.of("file", "count", "percent", "good", "hint", "time", "warnings", "details", "absent")))
                .isEqualTo("""
                        {
                          "file" : "a \\"b\\".json",
                          "count" : 9223372036854775807,
                          "percent" : 12.5,
                          "good" : true,
                          "hint" : null,
                          "time" : "2025-03-30T00:30:07.123+01:00",
                          "warnings" : [ "one", 2 ],
                          "details" : {
                            "a" : [ ],
                            "b" : 1
                          },
                          "absent" : null
                        }""");
    }
}
