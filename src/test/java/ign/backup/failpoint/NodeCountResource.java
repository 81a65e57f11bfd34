package ign.backup.failpoint;

import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.core.Context;
import org.neo4j.dbms.api.DatabaseManagementService;
import org.neo4j.graphdb.Result;

/** An unmanaged extension of the server's HTTP side, as users write them: it keeps the service that it was given. */
@Path("/nodes")
public final class NodeCountResource {

    private final DatabaseManagementService dbms;

    /** Called by Jersey. */
    public NodeCountResource(@Context DatabaseManagementService dbms) {
        this.dbms = dbms;
    }

    /** Says how many nodes there are. */
    @GET
    public String count() {
        return dbms.database("neo4j")
                .executeTransactionally(
                        "MATCH (n) RETURN count(n) AS n",
                        Map.of(),
                        (Result rows) -> String.valueOf(rows.next().get("n")));
    }
}
