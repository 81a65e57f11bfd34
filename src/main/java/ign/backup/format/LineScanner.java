package ign.backup.format;

import static ign.backup.format.TextScanner.NOT_UNDERSTOOD;

import ign.backup.format.KnownNames.Known;
import ign.backup.model.GraphVisitor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads elements in the form that our own writer gives them, one on a line and without blanks, from their bytes.
 *
 * <p>Three to five times as fast as {@link ElementReader}, which is there for all other lines and for names that come for the
 * first time. What this one accepts the other one accepts, too, as the same element; what it does not understand it leaves
 * without a word. Used by one thread.
 */
final class LineScanner {

    private static final int REQUIRED_OF_NODE = Field.required(Section.NODES);
    private static final int REQUIRED_OF_RELATIONSHIP = Field.required(Section.RELATIONSHIPS);

    /** Longer names are for the parser, which has a limit on them. */
    private static final int LONGEST_NAME = 1 << 10;

    /** A name as it stands in the document, and the key that followed it last time: mostly it does so again. */
    private static final class Name {

        private final Known known;
        private final byte[] written;
        private @Nullable Name next;

        /** {@code written} with what ends it: {@code ":} for a key. */
        Name(Known known, byte[] written) {
            this.known = known;
            this.written = written;
        }

        boolean standsAt(byte[] bytes, int from) {
            int to = from + written.length;
            return to <= bytes.length && Arrays.equals(written, 0, written.length, bytes, from, to);
        }
    }

    private final KnownNames names;
    private final Limits limits;
    private final ValueScanner values = new ValueScanner();
    private final ScannedElement.Node node;
    private final ScannedElement.Relationship relationship;
    private final ByteTable<Name> nodeKeys = new ByteTable<>();
    private final ByteTable<Name> relationshipKeys = new ByteTable<>();
    private final ByteTable<Name> tokens = new ByteTable<>();

    /** Nothing stands in front of the first key of an element. */
    private final Name beginOfNode;

    private final Name beginOfRelationship;
    private boolean isFollowed;

    /** {@code names} are those that the readers for the other lines have seen. */
    LineScanner(KnownNames names, Limits limits, Dialect dialect) {
        this.names = names;
        this.limits = limits;
        node = new ScannedElement.Node(limits, dialect);
        relationship = new ScannedElement.Relationship(limits, dialect);
        beginOfNode = new Name(names.nothing(), new byte[0]);
        beginOfRelationship = new Name(names.nothing(), new byte[0]);
    }

    /**
     * Reads one line and shows its element.
     *
     * @param bytes end with a line break
     * @return where the next line begins, or {@link TextScanner#NOT_UNDERSTOOD} with nothing shown
     */
    int read(Section section, byte[] bytes, int from, GraphVisitor visitor) {
        boolean isNode = section == Section.NODES;
        ScannedElement element = isNode ? node : relationship;
        names.nextElement();
        element.beginIn(bytes);
        int at = fields(section, element, bytes, from + 1);
        if (at < 0) {
            return NOT_UNDERSTOOD;
        }
        isFollowed = bytes[at] == ',';
        int end = isFollowed ? at + 1 : at;
        if (bytes[end] != '\n') {
            return NOT_UNDERSTOOD;
        }
        if (isNode) {
            visitor.node(node);
        } else {
            visitor.relationship(relationship);
        }
        return end + 1;
    }

    /** {@return whether a comma stood behind the last element} */
    boolean isFollowed() {
        return isFollowed;
    }

    /** {@return the number whose digits stand there, of which there are no more than always fit} */
    static long number(byte[] bytes, int from, int to) {
        boolean isNegative = bytes[from] == '-';
        long value = 0;
        for (int i = isNegative ? from + 1 : from; i < to; i++) {
            value = 10 * value + bytes[i] - '0';
        }
        return isNegative ? -value : value;
    }

    private int fields(Section section, ScannedElement element, byte[] bytes, int from) {
        var name = section == Section.NODES ? beginOfNode : beginOfRelationship;
        int found = 0;
        int at = from;
        while (true) {
            name = bytes[at] == '"' ? key(section, name, bytes, at + 1) : null;
            if (name == null || !names.isNew(name.known)) {
                return NOT_UNDERSTOOD;
            }
            int begin = at + 1 + name.written.length;
            var field = name.known.field();
            if (field == null) {
                at = values.end(bytes, begin);
                if (element.propertyCount() == limits.properties()) {
                    return NOT_UNDERSTOOD;
                }
                element.add(name.known.text(), begin, at);
            } else {
                at = field(field, element, bytes, begin);
                found |= field.bit();
            }
            if (at < 0) {
                return NOT_UNDERSTOOD;
            }
            if (bytes[at] != ',') {
                int required = section == Section.NODES ? REQUIRED_OF_NODE : REQUIRED_OF_RELATIONSHIP;
                return bytes[at] == '}' && found == required ? at + 1 : NOT_UNDERSTOOD;
            }
            at++;
        }
    }

    private int field(Field field, ScannedElement element, byte[] bytes, int from) {
        return switch (field) {
            case ID -> {
                int end = id(bytes, from);
                element.id(end < 0 ? 0 : number(bytes, from, end));
                yield end;
            }
            case START_ID -> {
                int end = id(bytes, from);
                relationship.startId(end < 0 ? 0 : number(bytes, from, end));
                yield end;
            }
            case END_ID -> {
                int end = id(bytes, from);
                relationship.endId(end < 0 ? 0 : number(bytes, from, end));
                yield end;
            }
            case TYPE -> {
                var name = bytes[from] == '"' ? token(bytes, from + 1) : null;
                if (name == null) {
                    yield NOT_UNDERSTOOD;
                }
                relationship.type(name.known.text());
                yield from + 1 + name.written.length;
            }
            case LABELS -> labels(bytes, from);
            case UNKNOWN -> NOT_UNDERSTOOD;
        };
    }

    private int id(byte[] bytes, int from) {
        return bytes[from] == '-' ? NOT_UNDERSTOOD : values.integer(bytes, from);
    }

    private int labels(byte[] bytes, int from) {
        if (bytes[from] != '[') {
            return NOT_UNDERSTOOD;
        }
        int at = from + 1;
        if (bytes[at] == ']') {
            return at + 1;
        }
        while (true) {
            var label = bytes[at] == '"' ? token(bytes, at + 1) : null;
            if (label == null || !names.isNew(label.known) || node.labelCount() == limits.labels()) {
                return NOT_UNDERSTOOD;
            }
            node.addLabel(label.known.text());
            at += 1 + label.written.length;
            if (bytes[at] != ',') {
                return bytes[at] == ']' ? at + 1 : NOT_UNDERSTOOD;
            }
            at++;
        }
    }

    /** {@return the key that stands there, or null when it is for the parser} */
    private @Nullable Name key(Section section, Name before, byte[] bytes, int from) {
        var expected = before.next;
        if (expected != null && expected.standsAt(bytes, from)) {
            return expected;
        }
        int to = endOfName(bytes, from);
        if (to < 0 || bytes[to + 1] != ':') {
            return null;
        }
        var keys = section == Section.NODES ? nodeKeys : relationshipKeys;
        var name = keys.get(bytes, from, to);
        if (name == null) {
            var text = TextScanner.text(bytes, from, to);
            var known = text == null ? null : names.key(section, text);
            if (known == null) {
                return null;
            }
            name = new Name(known, Arrays.copyOfRange(bytes, from, to + 2));
            keys.put(bytes, from, to, name);
        }
        before.next = name;
        return name;
    }

    /** {@return the label or type that stands there, or null when it is for the parser} */
    private @Nullable Name token(byte[] bytes, int from) {
        int to = endOfName(bytes, from);
        if (to < 0) {
            return null;
        }
        var name = tokens.get(bytes, from, to);
        if (name == null) {
            var text = TextScanner.text(bytes, from, to);
            var known = text == null ? null : names.token(text);
            if (known == null) {
                return null;
            }
            name = new Name(known, Arrays.copyOfRange(bytes, from, to + 1));
            tokens.put(bytes, from, to, name);
        }
        return name;
    }

    /** {@return the position of the quote that ends a name without escapes} */
    private static int endOfName(byte[] bytes, int from) {
        int at = from;
        while (bytes[at] != '"') {
            if (bytes[at] == '\\' || (bytes[at] >= 0 && bytes[at] < ' ') || at - from == LONGEST_NAME) {
                return NOT_UNDERSTOOD;
            }
            at++;
        }
        return at;
    }
}
