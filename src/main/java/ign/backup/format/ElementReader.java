package ign.backup.format;

import com.fasterxml.jackson.core.JsonToken;
import ign.backup.format.KnownNames.Known;

/** Reads one element after the other into the same objects. */
final class ElementReader {

    private static final int REQUIRED_OF_NODE = Field.required(Section.NODES);
    private static final int REQUIRED_OF_RELATIONSHIP = Field.required(Section.RELATIONSHIPS);

    private final JsonInput input;
    private final Limits limits;
    private final Dialect dialect;
    private final KnownNames names;
    private final ValueReader values;
    private final ParsedElement.Node node;
    private final ParsedElement.Relationship relationship;

    ElementReader(JsonInput input, Limits limits, Dialect dialect, Warnings warnings, KnownNames names) {
        this.input = input;
        this.limits = limits;
        this.dialect = dialect;
        this.names = names;
        values = new ValueReader(input, dialect, warnings);
        node = new ParsedElement.Node(input);
        relationship = new ParsedElement.Relationship(input);
    }

    /** {@return the node whose object has just begun; valid until the next call} */
    ParsedElement.Node node() {
        node.clear();
        read(Section.NODES, node);
        return node;
    }

    /** {@return the relationship whose object has just begun; valid until the next call} */
    ParsedElement.Relationship relationship() {
        relationship.clear();
        read(Section.RELATIONSHIPS, relationship);
        return relationship;
    }

    private void read(Section section, ParsedElement element) {
        names.nextElement();
        int found = 0;
        for (var written = input.nextField(); written != null; written = input.nextField()) {
            var known = names.key(section, written);
            if (known == null) {
                known = newKey(section, written);
            }
            if (!names.isNew(known)) {
                throw input.damaged("field '" + JsonInput.shortened(written) + "' stands twice in one element");
            }
            var field = known.field();
            if (field != null) {
                found |= field.bit();
                read(field, element);
            } else {
                property(known, element);
            }
        }
        if (found != (section == Section.NODES ? REQUIRED_OF_NODE : REQUIRED_OF_RELATIONSHIP)) {
            throw input.damaged(section.element() + " without " + Field.missing(section, found));
        }
    }

    private void property(Known key, ParsedElement element) {
        input.inProperty(key.text());
        var value = values.read(input.next());
        if (value != null) {
            if (element.propertyCount() == limits.properties()) {
                throw input.overLimit("more properties than the limit of " + limits.properties());
            }
            element.add(key.text(), value);
        }
        input.inProperty(null);
    }

    private void read(Field field, ParsedElement element) {
        switch (field) {
            case ID -> {
                element.id(id(field));
                input.inElement(element.id());
            }
            case LABELS -> labels();
            case TYPE -> {
                input.expectNext(JsonToken.VALUE_STRING, "a string as '_type'");
                relationship.type(names.token(input, input.text()).text());
            }
            case START_ID -> relationship.startId(id(field));
            case END_ID -> relationship.endId(id(field));
            default -> {
                input.next();
                input.skip();
            }
        }
    }

    private long id(Field field) {
        input.expectNext(JsonToken.VALUE_NUMBER_INT, "a whole number as '" + field.key() + "'");
        long id = input.integer();
        if (id < 0) {
            throw input.damaged("expected 0 or more as '" + field.key() + "', found " + id);
        }
        return id;
    }

    private void labels() {
        input.expectNext(JsonToken.START_ARRAY, "a list as '_labels'");
        for (var token = input.next(); token != JsonToken.END_ARRAY; token = input.next()) {
            input.expect(token, JsonToken.VALUE_STRING, "a string as label");
            var label = names.token(input, input.text());
            if (!names.isNew(label)) {
                throw input.damaged("label '" + JsonInput.shortened(label.text()) + "' stands twice at one node");
            }
            if (node.labelCount() == limits.labels()) {
                throw input.overLimit("more labels than the limit of " + limits.labels());
            }
            node.addLabel(label.text());
        }
    }

    /** Decides once per document what a key means. */
    private Known newKey(Section section, String written) {
        var field = Field.of(section, written);
        if (field.isPresent()) {
            return names.addKey(input, section, written, written, field.get());
        }
        if (!NameHandle.isEscaped(written) || !dialect.isStrict(input, "key '" + JsonInput.shortened(written) + "'")) {
            return names.addKey(input, section, written, written, null);
        }
        var rest = written.substring(1);
        if (written.charAt(0) == NameHandle.ESCAPE && NameHandle.isEscaped(rest)) {
            return names.addKey(input, section, written, rest, null);
        }
        if (!dialect.isNewer()) {
            throw input.damaged("field '" + JsonInput.shortened(written)
                    + "' is not one of the format, and a property of that name would begin with '_" + written.charAt(0)
                    + "'");
        }
        return names.addKey(input, section, written, written, Field.UNKNOWN);
    }
}
