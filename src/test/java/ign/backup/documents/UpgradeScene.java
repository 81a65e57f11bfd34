package ign.backup.documents;

import ign.backup.server.Plugin;
import ign.backup.testkit.Neo4jServer;

/** The graph of the examples around upgrades, and an upgrade that leaves it in a bad state. */
final class UpgradeScene {

    private UpgradeScene() {}

    /** {@return the plugin of a server with that graph and no backups} */
    static Plugin withGraph(Neo4jServer server) {
        server.run("CREATE CONSTRAINT function_name FOR (f:Function) REQUIRE f.name IS UNIQUE");
        server.run("UNWIND range(1, 40) AS i CREATE (:Function {name: 'f' + i})-[:USED_IN]->(:Pattern {i: i})");
        return Plugin.withEmptyFolder(server);
    }

    /** What an upgrade does to schema and data, and what goes wrong with it. */
    static void migrate(Neo4jServer server) {
        server.run("DROP CONSTRAINT function_name");
        server.run("CREATE INDEX function_kind FOR (f:Function) ON (f.kind)");
        server.run("MATCH (f:Function) SET f.kind = 'tag', f.name = NULL");
        server.run("MATCH (p:Pattern) WHERE p.i > 20 DETACH DELETE p");
    }
}
