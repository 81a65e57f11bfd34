package ign.backup.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class MergeKeysTest {

    @Test
    void takesAPropertyOrAListOfThem() {
        var keys = MergeKeys.of(Map.of("Person", "id", "ROUTE", List.of("to", "from")));

        assertThat(keys.propertiesOf("Person")).containsExactly("id");
        assertThat(keys.propertiesOf("ROUTE")).containsExactly("to", "from");
        assertThat(keys.propertiesOf("Other")).isEmpty();
    }

    @Test
    void refusesWhatIsNoMapOrEmpty() {
        var expected =
                ", but a map from labels and relationship types to the properties that identify their elements is expected";
        refuses(null, "option 'keys' is null" + expected);
        refuses(Map.of(), "option 'keys' is {}" + expected);
        refuses("id", "option 'keys' is 'id'" + expected);
    }

    @Test
    void refusesAKeyThatIsNoProperty() {
        var expected = ", but a property or a list of properties is expected";
        refuses(Map.of("P", 7L), "the key of 'P' is 7" + expected);
        refuses(Map.of("P", " "), "the key of 'P' is ' '" + expected);
        refuses(Map.of("P", List.of()), "the key of 'P' is []" + expected);
        refuses(Map.of("P", List.of("id", 7L)), "the key of 'P' is [id, 7]" + expected);
        refuses(Map.of("P", Arrays.asList("id", null)), "the key of 'P' is [id, null]" + expected);
        refuses(Collections.singletonMap("P", null), "the key of 'P' is null" + expected);
        refuses(Map.of("P", List.of("id", "id")), "the key of 'P' is [id, id], which names a property twice");
        refuses(
                Map.of("", "id"),
                "option 'keys' has an entry for '', but the name of a label or relationship type is expected");
    }

    private static void refuses(@Nullable Object given, String message) {
        assertThatThrownBy(() -> MergeKeys.of(given))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(message);
    }
}
