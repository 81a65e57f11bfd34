package ign.backup.format;

import ign.backup.model.GraphSink.Name;
import java.util.Arrays;

/**
 * A name with its JSON form, ready to be copied into an element.
 *
 * @param text the name itself
 * @param json of a key {@code "key":}, escaped; of a label or type {@code "name"}
 * @param index counts the handles of its kind from 0, so that elements per label or type can be counted in an array
 */
record NameHandle(String text, byte[] json, int index) implements Name {

    /** In front of a key that could be taken for one of the format's own fields. */
    static final char ESCAPE = '_';

    static NameHandle key(String name, int index) {
        var out = new JsonBytes(name.length() + 16);
        out.string(isEscaped(name) ? ESCAPE + name : name);
        out.raw(':');
        return new NameHandle(name, Arrays.copyOf(out.array(), out.size()), index);
    }

    static NameHandle quoted(String name, int index) {
        return new NameHandle(name, JsonBytes.quoted(name), index);
    }

    /** {@return whether a property key of that form gets one more {@link #ESCAPE} in the file} */
    static boolean isEscaped(String key) {
        return !key.isEmpty() && (key.charAt(0) == '_' || key.charAt(0) == '$');
    }
}
