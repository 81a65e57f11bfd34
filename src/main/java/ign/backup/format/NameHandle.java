package ign.backup.format;

import ign.backup.model.GraphSink.Name;

/** A name with its JSON form, ready to be copied into an element. */
final class NameHandle implements Name {

    /** In front of a key that could be taken for one of the format's own fields. */
    static final char ESCAPE = '_';

    private final String text;
    private final JsonBytes json;
    private final int index;

    private NameHandle(String text, int index) {
        this.text = text;
        this.index = index;
        json = new JsonBytes(text.length() + 8);
    }

    static NameHandle key(String name, int index) {
        var handle = new NameHandle(name, index);
        handle.json.string(isEscaped(name) ? ESCAPE + name : name);
        handle.json.raw(':');
        return handle;
    }

    static NameHandle quoted(String name, int index) {
        var handle = new NameHandle(name, index);
        handle.json.string(name);
        return handle;
    }

    /** {@return whether a property key of that form gets one more {@link #ESCAPE} in the file} */
    static boolean isEscaped(String key) {
        return !key.isEmpty() && (key.charAt(0) == '_' || key.charAt(0) == '$');
    }

    String text() {
        return text;
    }

    /** {@return of a key {@code "key":}, escaped; of a label or type {@code "name"}} */
    JsonBytes json() {
        return json;
    }

    /** {@return its place among the handles of its kind, so that elements per name can be counted in an array} */
    int index() {
        return index;
    }
}
