package ign.backup.graph.script;

import java.util.List;

/**
 * The statements of a file.
 *
 * @param name of the file, for people
 */
public record Script(String name, List<Statement> statements) {

    public Script {
        statements = List.copyOf(statements);
    }

    /**
     * A statement.
     *
     * @param number from 1
     * @param line of the file on which it begins, from 1
     * @param text without the semicolon at its end
     */
    public record Statement(int number, int line, String text) {}

    /**
     * {@return the statements of a text, which end with a semicolon, as for cypher-shell}
     *
     * @throws ign.backup.model.BackupException.BadRequest when a string, a quoted name or a comment has no end, or a line is a command of
     *     cypher-shell
     */
    public static Script of(String name, String text) {
        return new Script(name, new StatementSplitter(name, text).split());
    }
}
