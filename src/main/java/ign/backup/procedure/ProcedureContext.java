package ign.backup.procedure;

import static java.util.Objects.requireNonNull;

import ign.backup.model.BackupException;
import ign.backup.operation.AccessGate;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.neo4j.graphdb.GraphDatabaseService;
import org.neo4j.graphdb.Transaction;
import org.neo4j.internal.kernel.api.security.SecurityContext;
import org.neo4j.procedure.Context;
import org.neo4j.procedure.StatusDetailsAccessor;
import org.neo4j.procedure.TerminationGuard;

/** What Neo4j gives to each call of a procedure, and how every call begins. */
public abstract class ProcedureContext {

    /** The database of the caller's session. */
    @Context
    public @Nullable GraphDatabaseService service;

    /** The caller's transaction. */
    @Context
    public @Nullable Transaction transaction;

    /** Who calls. */
    @Context
    public @Nullable SecurityContext security;

    /** Tells when the caller's query was terminated. */
    @Context
    public @Nullable TerminationGuard termination;

    /** Where progress shows in {@code SHOW TRANSACTIONS}. */
    @Context
    public @Nullable StatusDetailsAccessor details;

    /** The plugin. */
    @Context
    public @Nullable AccessGate gate;

    /** For the procedures of this package. */
    ProcedureContext() {}

    /** Lets the user in, reads the options, and turns what goes wrong into Neo4j's own form. */
    final <R> Stream<R> with(Map<String, Object> options, Rows.Helped procedure, Function<Call, Stream<R>> work) {
        try {
            var user = Session.nameOf(requireNonNull(security));
            var backups = requireNonNull(gate).enter(user);
            var session = new Session(
                    requireNonNull(service),
                    requireNonNull(transaction),
                    requireNonNull(security),
                    requireNonNull(termination),
                    requireNonNull(details));
            var call = new Call(backups, Options.of(options, Help.optionsOf(procedure)), session);
            call.refuseUnknownDatabase();
            return work.apply(call);
        } catch (BackupException e) {
            throw new CallFailure(e);
        }
    }
}
