package ign.backup.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import ign.backup.testkit.CypherShell;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.TransientException;

/** What a driver and a shell see of an error. */
@Tag("promise-B6")
class ErrorsIT {

    private static final String OPTIONS =
            "auto, compression, tier, verify, pin, pauseWrites, pauseTimeout, traceId, failOnError, database";

    @ParameterizedTest
    @EnumSource
    void wrongArgumentsAreErrorsOfTheCallerWithAHint(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);

        expectArgumentError(
                server,
                "CALL ign.backup.create('x', {compresion: 'zstd'})",
                "option 'compresion' is not known",
                "Did you mean 'compression'? The options are " + OPTIONS + ".");
        expectArgumentError(
                server,
                "CALL ign.backup.create('x', {verify: 'yes %s %d 100 %'})",
                "option 'verify' is yes %s %d 100 %, but true or false is expected",
                "CALL ign.backup.help() shows every option with an example.");
        expectArgumentError(
                server,
                "CALL ign.backup.status({database: 'system'})",
                "database 'system' cannot be backed up or restored",
                "Leave the option 'database' out, or name one of [neo4j].");
        expectArgumentError(
                server,
                "CALL ign.backup.info('../../etc/passwd')",
                "'../../etc/passwd' is not the name of a backup file",
                "Give a name inside the backup folder, not a path: up to 128 letters, digits, '.', '-' and '_', ending in"
                        + " '.json', '.json.zst', '.json.gz'; CALL ign.backup.list() shows the names.");
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNotThereIsAnErrorOfTheCall(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);

        var noBackup = error(server, "CALL ign.backup.verify()");
        assertThat(noBackup).isInstanceOf(ClientException.class);
        assertThat(noBackup.code()).isEqualTo("Neo.ClientError.Statement.EntityNotFound");
        assertThat(noBackup.getMessage())
                .endsWith("there is no backup in '" + plugin.folder()
                        + "'\nHINT: Make one with CALL ign.backup.create('reason'), or copy a file into that folder.");
        var noDatabase = error(server, "CALL ign.backup.status({database: 'other'})");
        assertThat(noDatabase.code()).isEqualTo("Neo.ClientError.Statement.EntityNotFound");
        assertThat(noDatabase.getMessage())
                .endsWith("there is no database 'other'\nHINT: The databases of this server are [neo4j].");

        assertThat(server.run("CALL ign.backup.info('unknown.json')")).isEmpty();
        var row = plugin.tryRestore("unknown.json");
        assertThat(row.get("success").asBoolean()).isFalse();
        assertThat(row.get("code").asString()).isEqualTo("not-found");
        assertThat(row.get("message").asString())
                .isEqualTo("there is no backup 'unknown.json' in '" + plugin.folder() + "'");
        var failed = error(server, "CALL ign.backup.restore('unknown.json', {confirm: true, failOnError: true})");
        assertThat(failed.code()).isEqualTo("Neo.ClientError.Statement.EntityNotFound");
        assertThat(failed.getMessage()).contains("there is no backup 'unknown.json' in", "\nHINT: ");
    }

    @ParameterizedTest
    @EnumSource
    void busyIsTransientForTheDriverWhenAskedForAnError(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);
        var plugin = Plugin.withEmptyFolder(server);
        plugin.fillWithMuch(60);
        var running = Plugin.inBackground("first", () -> plugin.tryCreate(Map.of("compression", "gzip")));
        plugin.awaitStatus("the first create", row -> !row.get("operation").isNull());

        var busy = error(server, "CALL ign.backup.create('second', {failOnError: true})");

        assertThat(busy).isInstanceOf(TransientException.class); // which drivers repeat
        assertThat(busy.code()).isEqualTo("Neo.TransientError.Transaction.Outdated");
        assertThat(busy.getMessage())
                .containsPattern(
                        "'create' of database 'neo4j' by 'anonymous' since 20\\S+Z is running \\(ign.backup.create: .*\\)")
                .endsWith(
                        "\nHINT: Wait for its end, which CALL ign.backup.status() tells, or end it with CALL ign.backup.cancel().");
        assertThat(Plugin.await(running).get("success").asBoolean()).isTrue();
    }

    @ParameterizedTest
    @EnumSource
    void theShellPrintsMessageAndHint(Neo4jVersion version) {
        var shell = CypherShell.run(Neo4jServer.shared(version), "CALL ign.backup.list({detail: true})");

        assertThat(shell.exitCode()).isEqualTo(1);
        assertThat(shell.errors())
                .contains(
                        "option 'detail' is not known",
                        "HINT: Did you mean 'detailed'? The options are detailed, trend, database.");
    }

    private static void expectArgumentError(Neo4jServer server, String statement, String message, String hint) {
        var error = error(server, statement);
        assertThat(error).isInstanceOf(ClientException.class);
        assertThat(error.code()).isEqualTo("Neo.ClientError.Statement.ArgumentError");
        assertThat(error.getMessage()).endsWith(message + "\nHINT: " + hint);
    }

    private static Neo4jException error(Neo4jServer server, String statement) {
        var error = catchThrowableOfType(Neo4jException.class, () -> server.run(statement));
        assertThat(error).as(statement).isNotNull();
        return error;
    }
}
