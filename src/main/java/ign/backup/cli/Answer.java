package ign.backup.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a procedure answered.
 *
 * @param columns their names, in order
 * @param rows each from column to value, as the driver gives it
 */
record Answer(List<String> columns, List<Row> rows) {

    Answer {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** {@return the only row of a procedure that has one} */
    Row row() {
        return rows.get(0);
    }

    /** One row; a column that is not there, as on an older server, is one that has nothing to say. */
    record Row(Map<String, @Nullable Object> values) {

        /** {@return the value as it came} */
        @Nullable Object value(String column) {
            return values.get(column);
        }

        /** {@return the value as text, empty when there is none} */
        String text(String column) {
            var value = values.get(column);
            return value == null ? "" : value.toString();
        }

        /** {@return whether the value is true} */
        boolean is(String column) {
            return Boolean.TRUE.equals(values.get(column));
        }

        /** {@return the number, empty when there is none} */
        Optional<Number> number(String column) {
            return values.get(column) instanceof Number number ? Optional.of(number) : Optional.empty();
        }

        /** {@return the whole number, 0 when there is none} */
        long whole(String column) {
            return number(column).map(Number::longValue).orElse(0L);
        }

        /** {@return the number as people read it, empty when there is none} */
        String count(String column) {
            return number(column)
                    .map(number -> People.count(number.longValue()))
                    .orElse("");
        }

        /** {@return the bytes as people read them, empty when there are none} */
        String size(String column) {
            return number(column).map(bytes -> People.size(bytes.longValue())).orElse("");
        }

        /** {@return the milliseconds as people read them, empty when there are none} */
        String time(String column) {
            return number(column)
                    .map(millis -> People.time(Duration.ofMillis(millis.longValue())))
                    .orElse("");
        }

        /** {@return the items of a list as texts} */
        List<String> texts(String column) {
            var texts = new ArrayList<String>();
            if (values.get(column) instanceof List<?> list) {
                list.forEach(item -> texts.add(String.valueOf(item)));
            }
            return texts;
        }

        /** {@return the entries of a map, empty when there is none} */
        Row map(String column) {
            var entries = new LinkedHashMap<String, @Nullable Object>();
            if (values.get(column) instanceof Map<?, ?> map) {
                map.forEach((key, value) -> entries.put(String.valueOf(key), value));
            }
            return new Row(entries);
        }
    }
}
