package ign.backup.format;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The labels, types and keys of a document: equal ones are the same object, and their number is bounded. */
final class KnownNames {

    /** All names together; a real graph has a few thousand short ones. */
    private static final long MOST_CHARACTERS = 16 << 20;

    /** A name, and the element in which it was seen last: two times in one element is a fault. */
    static final class Known {

        private final String text;
        private final @Nullable Field field;
        private long lastElement = -1;

        private Known(String text, @Nullable Field field) {
            this.text = text;
            this.field = field;
        }

        String text() {
            return text;
        }

        /** {@return the format's own field of that name, or null for a property} */
        @Nullable Field field() {
            return field;
        }

        /** {@return whether it is new in the element with that number} */
        boolean isNewIn(long element) {
            boolean fresh = lastElement != element;
            lastElement = element;
            return fresh;
        }
    }

    private final JsonInput input;
    private final Limits limits;
    private final Map<String, Known> tokens = new HashMap<>();
    private final Map<String, Known> nodeKeys = new HashMap<>();
    private final Map<String, Known> relationshipKeys = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private long characters;

    KnownNames(JsonInput input, Limits limits) {
        this.input = input;
        this.limits = limits;
    }

    /** {@return a label or relationship type} */
    Known token(String name) {
        var known = tokens.get(name);
        return known != null ? known : add(tokens, name, name, null);
    }

    /** {@return a key as it stands in the document, or null if it is new} */
    @Nullable Known key(Section section, String written) {
        return keys(section).get(written);
    }

    /** Keeps a key with what it means: a field of the format, or the property {@code text}. */
    Known addKey(Section section, String written, String text, @Nullable Field field) {
        return add(keys(section), written, text, field);
    }

    private Map<String, Known> keys(Section section) {
        return section == Section.NODES ? nodeKeys : relationshipKeys;
    }

    private Known add(Map<String, Known> names, String written, String text, @Nullable Field field) {
        characters += written.length();
        if (names.size() >= limits.names() || characters > MOST_CHARACTERS) {
            throw input.overLimit("more different names than the limit of " + limits.names() + " names with "
                    + MOST_CHARACTERS + " characters allows");
        }
        if (written.length() > limits.nameLength()) {
            throw input.overLimit(
                    "a name has " + written.length() + " characters, and " + limits.nameLength() + " are allowed");
        }
        var unique = texts.computeIfAbsent(field == null ? Text.checkedName(input, text) : text, same -> same);
        var known = new Known(unique, field);
        names.put(written, known);
        return known;
    }
}
