package ign.backup.format;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The small parts of a document, header, schema and statistics, as values in memory. */
final class JsonTree {

    private JsonTree() {}

    /** {@return the object that comes next} */
    static FieldMap nextObject(JsonInput input, String place) {
        input.expectNext(JsonToken.START_OBJECT, "an object as " + place);
        return object(input, place);
    }

    private static FieldMap object(JsonInput input, String place) {
        var fields = new FieldMap(place);
        for (var name = input.nextField(); name != null; name = input.nextField()) {
            var value = value(input, input.next(), place + " '" + JsonInput.shortened(name) + "'");
            if (value != null && !fields.add(name, value)) {
                throw input.damaged("field '" + JsonInput.shortened(name) + "' stands twice in " + place);
            }
        }
        return fields;
    }

    private static List<Object> list(JsonInput input, String place) {
        var items = new ArrayList<Object>();
        for (var token = input.next(); token != JsonToken.END_ARRAY; token = input.next()) {
            var item = value(input, token, place);
            if (item == null) {
                throw input.damaged("a null stands in a list of " + place);
            }
            items.add(item);
        }
        return items;
    }

    private static @Nullable Object value(JsonInput input, JsonToken token, String place) {
        input.chargeObject();
        return switch (token) {
            case START_OBJECT -> object(input, place);
            case START_ARRAY -> list(input, place);
            case VALUE_STRING -> Text.checked(input, input.text());
            case VALUE_NUMBER_INT -> input.integer();
            case VALUE_NUMBER_FLOAT -> input.decimal();
            case VALUE_TRUE -> true;
            case VALUE_FALSE -> false;
            case VALUE_NULL -> null;
            default -> throw input.damaged("expected a value, found " + JsonInput.shown(token));
        };
    }
}
