package ign.backup.procedure;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.operation.Backups;
import ign.backup.operation.Caller;
import ign.backup.operation.Running;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One call of a procedure: its options, what it may call, and the wait for the answer. */
final class Call {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Duration CLEAN_UP = Duration.ofMinutes(1);

    private final Backups backups;
    private final Options options;
    private final Session session;

    Call(Backups backups, Options options, Session session) {
        this.backups = backups;
        this.options = options;
        this.session = session;
    }

    Backups backups() {
        return backups;
    }

    Options options() {
        return options;
    }

    /** Throws when the caller's query was terminated. */
    void checkTermination() {
        session.checkTermination();
    }

    Caller caller() {
        return session;
    }

    /** {@return the option {@code database}, or else the session's own database, or else the only user database} */
    DatabaseName database() {
        var named = options.text("database").map(DatabaseName::new);
        var own = Optional.of(session.database()).filter(name -> !name.equals(DatabaseName.SYSTEM));
        return backups.database(named.or(() -> own));
    }

    /** No option is accepted silently, also where the answer is the same for every database. */
    void refuseUnknownDatabase() {
        options.text("database").map(DatabaseName::new).ifPresent(name -> backups.database(Optional.of(name)));
    }

    /** {@return the file argument as a name; null and the empty text mean that none was named} */
    static Optional<BackupName> file(@Nullable String argument) {
        return Optional.ofNullable(argument).filter(text -> !text.isEmpty()).map(BackupName::new);
    }

    /**
     * Starts an operation, waits for it, and makes a row of its answer, or of its failure unless the caller asked for an error.
     */
    <T, R> R row(Supplier<Running<T>> start, Function<T, R> ofAnswer, Function<BackupException, R> ofFailure) {
        return rowOf(() -> ofAnswer.apply(answer(start.get())), ofFailure);
    }

    /** {@return what {@code work} makes, or a row of its failure unless the caller asked for an error} */
    <R> R rowOf(Supplier<R> work, Function<BackupException, R> ofFailure) {
        try {
            return work.get();
        } catch (BackupException e) {
            if (options.flag("failOnError", false)) {
                throw e;
            }
            return ofFailure.apply(e);
        }
    }

    /** Waits for the answer, shows progress in the transaction's details, and stops the work when the query is terminated. */
    <T> T answer(Running<T> running) {
        while (true) {
            var answer = running.awaitAnswer(LOOK_EVERY);
            if (answer != null) {
                return answer;
            }
            showOrStop(running);
        }
    }

    private void showOrStop(Running<?> running) {
        boolean goesOn = false;
        try {
            session.checkTermination();
            session.show(running.report().line()); // fails as well in a transaction that was terminated
            goesOn = true;
        } finally {
            if (!goesOn) {
                running.stop("the query that asked for it was terminated");
                running.awaitEnd(CLEAN_UP);
            }
        }
    }
}
