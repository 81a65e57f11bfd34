package ign.backup.format;

/** Rules for strings that JSON does not have and Neo4j does. */
final class Text {

    private Text() {}

    /** {@return the string, which holds no half of a surrogate pair: Neo4j could not store it as it is} */
    static String checked(JsonInput input, String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                i = afterPair(input, text, i);
            }
        }
        return text;
    }

    /** {@return the string, which can also be a label, a relationship type or a property key} */
    static String checkedName(JsonInput input, String name) {
        if (name.isEmpty() || name.indexOf('\0') >= 0) {
            throw input.damaged("a name is empty or holds the character NUL, which Neo4j does not allow");
        }
        return checked(input, name);
    }

    private static int afterPair(JsonInput input, String text, int index) {
        int next = index + 1;
        if (next == text.length() || !Character.isSurrogatePair(text.charAt(index), text.charAt(next))) {
            throw input.damaged("a string holds half a surrogate pair, which is no character");
        }
        return next;
    }
}
