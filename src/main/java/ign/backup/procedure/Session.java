package ign.backup.procedure;

import ign.backup.model.DatabaseName;
import ign.backup.operation.Caller;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.internal.kernel.api.security.SecurityContext;
import org.neo4j.kernel.impl.api.KernelTransactions;
import org.neo4j.kernel.impl.coreapi.InternalTransaction;
import org.neo4j.kernel.internal.GraphDatabaseAPI;
import org.neo4j.procedure.StatusDetailsAccessor;
import org.neo4j.procedure.TerminationGuard;

/** The caller's own transaction, user and database. */
final class Session implements Caller {

    private final DatabaseName database;
    private final String user;
    private final KernelTransactions transactions;
    private final long transaction;
    private final TerminationGuard termination;
    private final StatusDetailsAccessor details;

    Session(
            GraphDatabaseService service,
            Transaction transaction,
            SecurityContext security,
            TerminationGuard termination,
            StatusDetailsAccessor details) {
        this.database = new DatabaseName(service.databaseName());
        this.user = nameOf(security);
        this.transactions =
                ((GraphDatabaseAPI) service).getDependencyResolver().resolveDependency(KernelTransactions.class);
        this.transaction =
                ((InternalTransaction) transaction).kernelTransaction().getTransactionSequenceNumber();
        this.termination = termination;
        this.details = details;
    }

    /** {@return the user of that security context; without authentication there is none, and it is called so} */
    static String nameOf(SecurityContext security) {
        var name = security.subject().executingUser();
        return name == null || name.isEmpty() ? "anonymous" : name;
    }

    DatabaseName database() {
        return database;
    }

    void show(String statusDetails) {
        details.setStatusDetails(statusDetails);
    }

    /** Throws Neo4j's own exception when the caller's query was terminated. */
    void checkTermination() {
        termination.check();
    }

    @Override
    public String user() {
        return user;
    }

    @Override
    public boolean isIn(DatabaseName other) {
        return database.equals(other);
    }

    @Override
    public boolean hasLeft() {
        return transactions.executingTransactions().stream()
                .noneMatch(handle -> handle.getTransactionSequenceNumber() == transaction);
    }
}
