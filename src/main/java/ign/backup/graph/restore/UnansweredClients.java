package ign.backup.graph.restore;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.neo4j.bolt.protocol.common.connector.connection.ConnectionHandle;
import org.neo4j.internal.kernel.api.connectioninfo.ClientConnectionInfo;
import org.neo4j.kernel.api.net.NetworkConnectionTracker;
import org.neo4j.kernel.api.net.TrackedNetworkConnection;
import org.neo4j.kernel.impl.api.KernelTransactions;

/**
 * Clients whose transaction in a database has ended and who have not been told.
 *
 * <p>Before it answers a commit, Bolt asks the database for the number of its last transaction, which becomes the bookmark. If the
 * database does not take transactions by then, the client gets an error for what is done. As long as Bolt is at it, the connection still holds
 * the transaction.
 */
final class UnansweredClients {

    private UnansweredClients() {}

    /** {@return whether there are none} To be asked when no transaction is open in the database. */
    static boolean none(LiveStore live) {
        var holding = live.part(NetworkConnectionTracker.class).activeConnections().stream()
                .filter(UnansweredClients::holdsTransaction)
                .map(TrackedNetworkConnection::id)
                .collect(Collectors.toSet());
        if (!holding.isEmpty()) {
            holding.removeAll(busyElsewhere(live));
        }
        return holding.isEmpty();
    }

    private static boolean holdsTransaction(TrackedNetworkConnection connection) {
        return connection instanceof ConnectionHandle bolt && bolt.transaction().isPresent();
    }

    /** {@return the connections with a transaction in another database, such as that of whoever called for the restore} */
    private static Set<String> busyElsewhere(LiveStore live) {
        return live.others(KernelTransactions.class)
                .flatMap(transactions -> List.copyOf(transactions.executingTransactions()).stream())
                .flatMap(transaction -> transaction.clientInfo().stream())
                .map(ClientConnectionInfo::connectionId)
                .collect(Collectors.toSet());
    }
}
