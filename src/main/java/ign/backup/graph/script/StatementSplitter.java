package ign.backup.graph.script;

import ign.backup.graph.script.Script.Statement;
import ign.backup.model.BackupException;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds the ends of statements: semicolons that are in no string, no quoted name and no comment.
 *
 * <p>Knows no more of Cypher than that. A backslash takes away the meaning of the character after it in a string; a quoted name has
 * none, and a doubled backtick in it looks like the end of one name and the beginning of the next, which comes to the same.
 */
final class StatementSplitter {

    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private final String name;
    private final String text;
    private final List<Statement> found = new ArrayList<>();
    private int position;
    private int line = 1;

    /** Where the statement under way begins, from its first character that is neither blank nor comment; -1 before that. */
    private int start = -1;

    private int startLine;

    StatementSplitter(String name, String text) {
        this.name = name;
        this.text = text;
        this.position = !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? 1 : 0;
    }

    List<Statement> split() {
        while (position < text.length()) {
            char c = text.charAt(position);
            if (text.startsWith("//", position)) {
                skipLine();
            } else if (text.startsWith("/*", position)) {
                skipTo("*/", position + 2, "a comment");
            } else if (c == ';') {
                end();
                position++;
            } else if (Character.isWhitespace(c)) {
                step();
            } else {
                inStatement(c);
            }
        }
        end();
        return found;
    }

    private void inStatement(char c) {
        if (start < 0) {
            start = position;
            startLine = line;
            refuseCommand(c);
        }
        if (c == '\'' || c == '"') {
            skipString(c);
        } else if (c == '`') {
            skipTo("`", position + 1, "a name in backticks");
        } else {
            position++;
        }
    }

    private void refuseCommand(char c) {
        if (c == ':') {
            throw new BackupException.BadRequest(
                    "line " + line + " of '" + name + "' is a command of cypher-shell",
                    "Write Cypher statements only; each database is filled in a transaction of the plugin's own.");
        }
    }

    private void skipString(char quote) {
        int begun = line;
        position++;
        while (position < text.length() && text.charAt(position) != quote) {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            step();
        }
        if (position == text.length()) {
            throw endless("a string", begun);
        }
        position++;
    }

    private void skipLine() {
        int end = text.indexOf('\n', position);
        position = end < 0 ? text.length() : end;
    }

    private void skipTo(String mark, int from, String what) {
        int begun = line;
        int end = text.indexOf(mark, from);
        if (end < 0) {
            throw endless(what, begun);
        }
        while (position < end + mark.length()) {
            step();
        }
    }

    private void step() {
        if (text.charAt(position) == '\n') {
            line++;
        }
        position++;
    }

    private void end() {
        if (start >= 0) {
            found.add(new Statement(
                    found.size() + 1, startLine, text.substring(start, position).stripTrailing()));
            start = -1;
        }
    }

    private BackupException endless(String what, int begun) {
        return new BackupException.BadRequest(
                "in '" + name + "' " + what + " that begins in line " + begun + " has no end",
                "Close it; until then nothing of the file is executed.");
    }
}
