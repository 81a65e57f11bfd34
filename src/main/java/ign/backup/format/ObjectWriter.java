package ign.backup.format;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/** One JSON object that is not an element, field by field; what is empty is left out. */
final class ObjectWriter {

    private final JsonBytes out;
    private boolean first = true;

    ObjectWriter(JsonBytes out) {
        this.out = out;
        out.raw('{');
    }

    ObjectWriter field(String name, String value) {
        begin(name).string(value);
        return this;
    }

    ObjectWriter field(String name, long value) {
        begin(name).integer(value);
        return this;
    }

    ObjectWriter field(String name, boolean value) {
        begin(name).bool(value);
        return this;
    }

    ObjectWriter field(String name, Optional<String> value) {
        value.ifPresent(text -> field(name, text));
        return this;
    }

    ObjectWriter field(String name, OptionalLong value) {
        value.ifPresent(number -> field(name, number));
        return this;
    }

    ObjectWriter field(String name, List<String> values) {
        begin(name);
        value(values);
        return this;
    }

    /** An object whose values are strings, booleans, numbers or lists of these. */
    ObjectWriter field(String name, Map<String, ?> values) {
        begin(name);
        var inner = new ObjectWriter(out);
        values.forEach((key, value) -> {
            inner.begin(key);
            inner.value(value);
        });
        inner.end();
        return this;
    }

    /** Begins a field whose value the caller writes next. */
    JsonBytes begin(String name) {
        if (!first) {
            out.raw(',');
        }
        first = false;
        out.string(name);
        out.raw(':');
        return out;
    }

    void end() {
        out.raw('}');
    }

    private void value(Object value) {
        if (value instanceof List<?> values) {
            out.raw('[');
            for (int i = 0; i < values.size(); i++) {
                if (i > 0) {
                    out.raw(',');
                }
                value(values.get(i));
            }
            out.raw(']');
        } else if (value instanceof Integer number) {
            out.integer(number);
        } else {
            ValueWriter.write(out, value);
        }
    }
}
