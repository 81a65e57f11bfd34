package ign.backup.cli;

import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import java.net.URI;
import java.util.regex.Pattern;
import org.neo4j.driver.exceptions.AuthenticationException;
import org.neo4j.driver.exceptions.ClientException;
import org.neo4j.driver.exceptions.Neo4jException;
import org.neo4j.driver.exceptions.ServiceUnavailableException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** What went wrong, in words that say what to do, and the exit code that goes with it. */
final class Failures {

    private static final String HINT = "\nHINT: ";
    /** Neo4j puts this before what a procedure says. */
    private static final Pattern CAUSE =
            Pattern.compile("Failed to invoke procedure `[^`]*`: Caused by: [A-Za-z0-9_.$]+: ", Pattern.DOTALL);

    private Failures() {}

    /** {@return why there is no connection} */
    static BackupException ofConnection(Neo4jException failure, URI address) {
        if (failure instanceof AuthenticationException) {
            return new BackupException.BadRequest(
                    "the server at " + address + " does not accept this user or password",
                    "Set NEO4J_USERNAME and NEO4J_PASSWORD, or use -u and -p.",
                    failure);
        }
        if (failure instanceof ServiceUnavailableException) {
            return new BackupException.Unavailable(
                    "no Neo4j server answers at " + address,
                    "Start it, or name another one with -a or NEO4J_URI: bolt://host:7687.",
                    failure);
        }
        return new BackupException.Unavailable(
                "the server at " + address + " cannot be used: " + failure.getMessage(),
                "Look into its log, and whether the address wants +s or +ssc for an encrypted connection.",
                failure);
    }

    /** {@return what a server has said about a call, as one of our failures} */
    static BackupException ofServer(Neo4jException failure, String procedure, URI address) {
        if (failure instanceof AuthenticationException || failure instanceof ServiceUnavailableException) {
            return ofConnection(failure, address);
        }
        var message = String.valueOf(failure.getMessage());
        if (failure.code().equals("Neo.ClientError.Procedure.ProcedureNotFound")) {
            return new BackupException.Unavailable(
                    "the server at " + address + " has no procedure ign.backup." + procedure,
                    "Put the JAR ign-backup-" + Version.number() + " into its plugins folder, and restart it.",
                    failure);
        }
        if (failure.code().equals("Neo.ClientError.Database.DatabaseNotFound")) {
            return new BackupException.NotFound(message, "SHOW DATABASES tells which ones there are; -d names one.");
        }
        return ofProcedure(failure, CAUSE.matcher(message).replaceFirst(""));
    }

    private static BackupException ofProcedure(Neo4jException failure, String said) {
        int at = said.lastIndexOf(HINT);
        var message = at < 0 ? said : said.substring(0, at);
        var hint = at < 0 ? "" : said.substring(at + HINT.length());
        return switch (code(failure)) {
            case BAD_REQUEST -> new BackupException.BadRequest(message, hint, failure);
            case NOT_FOUND -> new BackupException.NotFound(message, hint);
            case BUSY -> new BackupException.Busy(message, hint);
            case UNAVAILABLE -> new BackupException.Unavailable(message, hint, failure);
            case DAMAGED -> new BackupException.Damaged(message, hint, failure);
            case CANCELLED -> new BackupException.Cancelled(message);
            case OK, FAILED, PARTIAL, ALARM, WRONG_KEY -> new BackupException.Defect(message, failure);
        };
    }

    /** The plugin puts its own code into the record that comes with an error; Neo4j 5.26 does not pass it on, but its own code. */
    private static ErrorCode code(Neo4jException failure) {
        var label = failure.gqlCause().map(cause -> cause.diagnosticRecord().get("_code"));
        if (label.isPresent()) {
            return ErrorCode.of(label.get().asString(""));
        }
        return switch (failure.code()) {
            case "Neo.ClientError.Statement.EntityNotFound" -> ErrorCode.NOT_FOUND;
            case "Neo.ClientError.Statement.ExternalResourceFailed" -> ErrorCode.DAMAGED;
            case "Neo.ClientError.Procedure.ProcedureCallFailed" -> ErrorCode.UNAVAILABLE;
            case "Neo.TransientError.Transaction.Outdated" -> ErrorCode.BUSY;
            default -> failure instanceof ClientException ? ErrorCode.BAD_REQUEST : ErrorCode.FAILED;
        };
    }

    /** Prints a failure; {@return the exit code} */
    static int print(Throwable failure, Terminal terminal) {
        if (failure instanceof BackupException known) {
            terminal.err().println(terminal.coloured("red", "ERROR: ") + known.getMessage());
            if (!known.hint().isEmpty()) {
                terminal.err().println("HINT: " + known.hint());
            }
            return known.code().exitCode();
        }
        terminal.err().println(terminal.coloured("red", "ERROR: ") + "this is a defect of ign: please report it");
        failure.printStackTrace(terminal.err());
        return ErrorCode.FAILED.exitCode();
    }

    /** Says what is wrong with the arguments, and what is meant perhaps; {@return the exit code} */
    static int ofArguments(ParameterException failure, String[] arguments) {
        var line = failure.getCommandLine();
        var err = line.getErr();
        err.println("ERROR: " + failure.getMessage());
        if (!UnmatchedArgumentException.printSuggestions(failure, err)) {
            err.println("HINT: " + line.getCommandSpec().qualifiedName() + " --help shows what can be said.");
        }
        return ErrorCode.BAD_REQUEST.exitCode();
    }

    /** {@return whether a failure is one of the connection, which a restore interrupts for a moment} */
    static boolean isPassing(RuntimeException failure) {
        return failure instanceof BackupException known
                && (known.code() == ErrorCode.UNAVAILABLE || known.code() == ErrorCode.BUSY);
    }
}
