package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import org.neo4j.kernel.availability.AvailabilityRequirement;
import org.neo4j.kernel.availability.DatabaseAvailabilityGuard;

/**
 * Has new transactions wait until the database has stopped, or until it is opened.
 *
 * <p>Neo4j lets each of them wait for a second ({@code internal.dbms.transaction_start_timeout}), through a stop and a start, too,
 * and only then refuses it with an error that drivers repeat. So those that come during an exchange of stores notice nothing.
 * Otherwise they would have to be ended while the others are, and a driver waits a second before it repeats.
 */
final class ClosedGate {

    private final DatabaseAvailabilityGuard guard;
    private final AvailabilityRequirement reason;

    private ClosedGate(DatabaseAvailabilityGuard guard, AvailabilityRequirement reason) {
        this.guard = guard;
        this.reason = reason;
    }

    /** From now on no transaction begins. A stop of the database takes this with it. */
    static ClosedGate of(LiveStore live) {
        var gate = new ClosedGate(live.part(DatabaseAvailabilityGuard.class), requirement("no exchange of stores"));
        gate.guard.require(gate.reason);
        return gate;
    }

    /** A class of its own in 5.26, a record in 2026.08. */
    private static AvailabilityRequirement requirement(String description) {
        try {
            var type = AvailabilityRequirement.class.isInterface()
                    ? Class.forName("org.neo4j.kernel.availability.DescriptiveAvailabilityRequirement")
                    : AvailabilityRequirement.class;
            return (AvailabilityRequirement) type.getConstructor(String.class).newInstance(description);
        } catch (ReflectiveOperationException e) {
            throw new BackupException.Defect("this version of Neo4j has no requirement to be had: " + e, e);
        }
    }

    /** Those that wait begin now, unless the database has stopped: then they wait for its start. */
    void open() {
        guard.fulfill(reason);
    }
}
