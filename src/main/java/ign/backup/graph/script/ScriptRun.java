package ign.backup.graph.script;

import ign.backup.graph.kernel.Transactions;
import ign.backup.graph.script.Script.Statement;
import ign.backup.model.BackupException;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.QueryExecutionException;
import org.neo4j.graphdb.QueryExecutionType.QueryType;
import org.neo4j.graphdb.Transaction;
import org.neo4j.kernel.api.exceptions.Status;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;

/**
 * One execution of a script on an empty database.
 *
 * <p>Neo4j does not let one transaction change both schema and data. So the schema comes first, whatever its place in the file, and is
 * dropped again if the data cannot be written. A crash in between leaves some of the schema and no data; the next execution finds it
 * there and goes on.
 */
public final class ScriptRun {

    private static final int ANY = -1;
    private static final String PRESENT =
            Status.Schema.EquivalentSchemaRuleAlreadyExists.code().serialize();

    private final GraphDatabaseService database;
    private final Script script;
    private final StopSignal stop;
    private final Progress progress;

    /** Of {@code script} on {@code database}; {@code progress} advances by a statement. */
    public ScriptRun(GraphDatabaseService database, Script script, StopSignal stop, Progress progress) {
        this.database = database;
        this.script = script;
        this.stop = stop;
        this.progress = progress;
    }

    /**
     * Executes it.
     *
     * @throws BackupException.BadRequest when the database has nodes, or a statement fails; then nothing of the script is left
     */
    public void run() {
        refuseUnlessEmpty();
        var schema = new ArrayList<Statement>();
        var data = new ArrayList<Statement>();
        sort(schema, data);
        progress.phase("populate", script.statements().size(), "statements");
        var defined = new TreeSet<String>();
        try {
            define(schema, defined);
            fill(data);
        } catch (RuntimeException e) {
            drop(defined, e);
            throw e;
        }
    }

    private void refuseUnlessEmpty() {
        try (var transaction = Transactions.begin(database)) {
            long nodes = nodes(transaction);
            if (nodes > 0) {
                throw new BackupException.BadRequest(
                        "'" + script.name() + "' is for an empty database, and '" + database.databaseName() + "' has "
                                + nodes + " nodes by now",
                        "Nothing of it was executed. Remove the file, or execute it with cypher-shell.");
            }
        }
    }

    private static long nodes(Transaction transaction) {
        return ((InternalTransaction) transaction)
                .kernelTransaction()
                .dataRead()
                .countsForNode(ANY);
    }

    private void sort(List<Statement> schema, List<Statement> data) {
        progress.phase("check", script.statements().size(), "statements");
        try (var transaction = Transactions.begin(database)) {
            for (var statement : script.statements()) {
                stop.check();
                (isSchema(statement, transaction) ? schema : data).add(statement);
                progress.advance(1);
            }
        }
    }

    private boolean isSchema(Statement statement, Transaction transaction) {
        try (var plan = transaction.execute("EXPLAIN " + statement.text())) {
            return plan.getQueryExecutionType().queryType() == QueryType.SCHEMA_WRITE;
        } catch (RuntimeException e) {
            throw refused(statement, e.getMessage(), e);
        }
    }

    private void define(List<Statement> statements, Set<String> defined) {
        for (var statement : statements) {
            inTransaction(transaction -> define(statement, transaction, defined));
        }
    }

    private void define(Statement statement, Transaction transaction, Set<String> defined) {
        var before = names(transaction);
        if (!execute(statement, transaction)) {
            return; // an execution that a crash has ended has defined it, or an application
        }
        var after = names(transaction);
        if (!after.containsAll(before)) {
            before.removeAll(after);
            throw refused(statement, "it drops " + before + ", and that could not be taken back", null);
        }
        commit(transaction);
        after.removeAll(before);
        defined.addAll(after);
    }

    private static Set<String> names(Transaction transaction) {
        var names = new TreeSet<String>();
        transaction.schema().getIndexes().forEach(index -> names.add(index.getName()));
        transaction.schema().getConstraints().forEach(constraint -> names.add(constraint.getName()));
        return names;
    }

    private void fill(List<Statement> statements) {
        inTransaction(transaction -> {
            statements.forEach(statement -> execute(statement, transaction));
            refuseUnlessEmpty(); // as others see it: somebody may have begun to use it meanwhile
            commit(transaction);
        });
    }

    @SuppressWarnings("try") // the watch ends the transaction, nobody calls it
    private void inTransaction(Consumer<Transaction> work) {
        try (var transaction = Transactions.begin(database);
                var watch = new StopWatch(transaction, stop)) {
            work.accept(transaction);
        }
    }

    /** {@return false when it would define what is there already; its transaction has failed by that} */
    private boolean execute(Statement statement, Transaction transaction) {
        stop.check();
        progress.advance(1);
        try (var rows = transaction.execute(statement.text())) {
            while (rows.hasNext()) {
                rows.next();
            }
            return true;
        } catch (RuntimeException e) {
            stop.check();
            if (e instanceof QueryExecutionException failure && PRESENT.equals(failure.getStatusCode())) {
                return false;
            }
            throw refused(statement, e.getMessage(), e);
        }
    }

    private void commit(Transaction transaction) {
        try {
            transaction.commit();
        } catch (RuntimeException e) {
            stop.check();
            throw new BackupException.BadRequest(
                    "Neo4j refuses what '" + script.name() + "' makes: " + e.getMessage(),
                    "Correct the file. Nothing of it was kept.",
                    e);
        }
    }

    private BackupException refused(Statement statement, @Nullable String why, @Nullable RuntimeException cause) {
        return new BackupException.BadRequest(
                "statement " + statement.number() + " of '" + script.name() + "', which begins in line "
                        + statement.line() + ", cannot be executed: " + why,
                "Correct it. Nothing of the file was kept; it is tried again when the server starts.",
                cause);
    }

    private void drop(Set<String> defined, RuntimeException why) {
        if (defined.isEmpty()) {
            return;
        }
        try (var transaction = Transactions.begin(database)) {
            for (var constraint : transaction.schema().getConstraints()) {
                if (defined.contains(constraint.getName())) {
                    constraint.drop();
                }
            }
            for (var index : transaction.schema().getIndexes()) {
                if (defined.contains(index.getName()) && !index.isConstraintIndex()) {
                    index.drop();
                }
            }
            transaction.commit();
        } catch (RuntimeException e) {
            why.addSuppressed(e);
            if (why instanceof BackupException known) {
                throw known.and("its indexes and constraints " + defined + " could not be dropped again: " + e);
            }
        }
    }
}
