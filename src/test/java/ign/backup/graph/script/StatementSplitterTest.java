package ign.backup.graph.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.script.Script.Statement;
import ign.backup.model.BackupException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class StatementSplitterTest {

    private static List<Statement> statements(String text) {
        return Script.of("initial_data.cypher", text).statements();
    }

    @Test
    void eachStatementHasItsNumberAndTheLineOnWhichItBegins() {
        assertThat(statements("""
                        // the functions
                        CREATE (:Function {name: 'a'});

                        /* and
                           their links */ MATCH (n)
                        CREATE (n)-[:CALLS]->(n);CREATE (:Same {line: 6}) ;
                        CREATE (:Last)
                        """))
                .containsExactly(
                        new Statement(1, 2, "CREATE (:Function {name: 'a'})"),
                        new Statement(2, 5, "MATCH (n)\nCREATE (n)-[:CALLS]->(n)"),
                        new Statement(3, 6, "CREATE (:Same {line: 6})"),
                        new Statement(4, 7, "CREATE (:Last)"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "RETURN 'a;b' AS x",
                "RETURN \"a;b\" AS x",
                "RETURN 'it\\'s; here' AS x",
                "RETURN 'a \" ;' AS x",
                "RETURN 'ends with a backslash \\\\' AS `;`",
                "CREATE (:`odd;``name;`)",
                "CREATE (:A) // a comment; with one\nRETURN 1",
                "CREATE (:A) /* a comment;\n ' \" ` */ RETURN 1",
                "RETURN '// no comment;' AS x",
                "RETURN 'two\nlines;' AS x",
                "RETURN 4 / 2 * 3"
            })
    void aSemicolonInAStringANameOrACommentEndsNothing(String statement) {
        assertThat(statements(statement + ";\nRETURN 2;"))
                .extracting(Statement::text)
                .containsExactly(statement, "RETURN 2");
    }

    @Test
    void whatIsBlankOrCommentOnlyIsNoStatement() {
        assertThat(statements("")).isEmpty();
        assertThat(statements(" \n;;\r\n; // nothing;\n/* at all; */ ;")).isEmpty();
        assertThat(statements("\uFEFFRETURN 1;\r\nRETURN 2;\r\n"))
                .containsExactly(new Statement(1, 1, "RETURN 1"), new Statement(2, 2, "RETURN 2"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "~RETURN 1;\nRETURN 'a;~ | in 'initial_data.cypher' a string that begins in line 2 has no end",
                "~RETURN 1;\n\nRETURN \"a\\\"~ | in 'initial_data.cypher' a string that begins in line 3 has no end",
                "~CREATE (:`A);~ | in 'initial_data.cypher' a name in backticks that begins in line 1 has no end",
                "~RETURN 1; /* ;\n~ | in 'initial_data.cypher' a comment that begins in line 1 has no end",
                "~RETURN 1;\n:use neo4j~ | line 2 of 'initial_data.cypher' is a command of cypher-shell"
            })
    void whatHasNoEndOrIsNoCypherIsRefusedWithItsLine(String text, String message) {
        assertThatThrownBy(() -> statements(text))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(message);
    }
}
