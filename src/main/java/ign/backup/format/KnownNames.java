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
    }

    private final Limits limits;
    private final int most;
    private final long mostCharacters;
    private final Map<String, Known> tokens = new HashMap<>();
    private final Map<String, Known> nodeKeys = new HashMap<>();
    private final Map<String, Known> relationshipKeys = new HashMap<>();
    private final Map<String, String> texts = new HashMap<>();
    private long characters;

    /** Counts all elements, and tells the names apart that were seen in this one. */
    private long element;

    /**
     * Knows none.
     *
     * @param shares how many of these share the limits on the number of names
     */
    KnownNames(Limits limits, int shares) {
        this.limits = limits;
        most = limits.names() / shares;
        mostCharacters = MOST_CHARACTERS / shares;
    }

    /** {@return what is no name at all} */
    Known nothing() {
        return new Known("", null);
    }

    /** From here on names belong to the next element. */
    void nextElement() {
        element++;
    }

    /** {@return whether the name has not been seen in this element yet} */
    boolean isNew(Known name) {
        boolean fresh = name.lastElement != element;
        name.lastElement = element;
        return fresh;
    }

    /** {@return a label or relationship type, or null if it is new} */
    @Nullable Known token(String name) {
        return tokens.get(name);
    }

    /** {@return a label or relationship type} */
    Known token(JsonInput input, String name) {
        var known = tokens.get(name);
        return known != null ? known : add(input, tokens, new Known(name, null), name);
    }

    /** {@return a key as it stands in the document, or null if it is new} */
    @Nullable Known key(Section section, String written) {
        return keys(section).get(written);
    }

    /** Keeps a key with what it means: a field of the format, or the property {@code text}. */
    Known addKey(JsonInput input, Section section, String written, String text, @Nullable Field field) {
        return add(input, keys(section), new Known(text, field), written);
    }

    private Map<String, Known> keys(Section section) {
        return section == Section.NODES ? nodeKeys : relationshipKeys;
    }

    private Known add(JsonInput input, Map<String, Known> names, Known found, String written) {
        characters += written.length();
        if (names.size() >= most || characters > mostCharacters) {
            throw input.overLimit("more different names than the limit of " + limits.names() + " names with "
                    + MOST_CHARACTERS + " characters allows");
        }
        if (written.length() > limits.nameLength()) {
            throw input.overLimit(
                    "a name has " + written.length() + " characters, and " + limits.nameLength() + " are allowed");
        }
        var text = found.field == null ? Text.checkedName(input, found.text) : found.text;
        var known = new Known(texts.computeIfAbsent(text, same -> same), found.field);
        names.put(written, known);
        return known;
    }
}
