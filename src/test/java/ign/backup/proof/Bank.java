package ign.backup.proof;

import ign.backup.testkit.Neo4jServer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * The graph that writers change. What belongs together lies apart in the store: one half before the ballast, which no writer
 * touches, the other half after it. So a scan reads one of two elements early and the other one late.
 */
final class Bank {

    static final int ACCOUNTS = 2_000;

    private static final int BALLAST = 12_000;
    private static final int SPOKES = 300;
    private static final long MONEY = 1_000_000;
    private static final int ROWS = 5_000;

    private static final List<String> SIDES = List.of("left", "right");

    private Bank() {}

    /** Fills an empty database. */
    static void create(Neo4jServer server, int writers) {
        server.run("CREATE CONSTRAINT thing FOR (n:Thing) REQUIRE n.key IS UNIQUE");
        var graph = atFirst(writers);
        run(server, graph.nodes(), """
                UNWIND $rows AS row CREATE (n:$(row._labels)) SET n = row.properties
                """);
        run(server, graph.relationships(), """
                UNWIND $rows AS row MATCH (a:Thing {key: row._start}), (b:Thing {key: row._end})
                CREATE (a)-[r:$(row._type)]->(b) SET r = row.properties
                """);
    }

    private static void run(Neo4jServer server, Map<String, Map<String, Object>> elements, String statement) {
        var rows = elements.values().stream().map(Bank::row).toList();
        for (int from = 0; from < rows.size(); from += ROWS) {
            var part = new ArrayList<>(rows.subList(from, Math.min(rows.size(), from + ROWS)));
            server.run(Neo4jServer.DATABASE, statement, Map.of("rows", part));
        }
    }

    private static Map<String, Object> row(Map<String, Object> element) {
        var row = new HashMap<String, Object>();
        var properties = new HashMap<String, Object>();
        element.forEach((name, value) -> (name.startsWith("_") ? row : properties).put(name, value));
        row.put("properties", properties);
        return row;
    }

    /** {@return the graph before the first transaction} */
    static GraphImage atFirst(int writers) {
        var graph = new GraphImage();
        node(graph, "Counter", "counter-left", Map.of("value", 0L));
        for (int writer = 0; writer < writers; writer++) {
            half(graph, writer, "left");
        }
        accounts(graph, 0, ACCOUNTS / 2);
        for (int i = 0; i < BALLAST; i++) {
            node(
                    graph,
                    "Ballast",
                    "ballast-" + i,
                    Map.of("text", "ballast of the ship, piece " + i, "weight", i * 0.5));
        }
        accounts(graph, ACCOUNTS / 2, ACCOUNTS);
        for (int writer = 0; writer < writers; writer++) {
            half(graph, writer, "right");
            node(graph, "Writer", writer(writer), Map.of("n", 0L));
        }
        node(graph, "Hub", "hub", Map.of());
        node(graph, "Counter", "counter-right", Map.of("value", 0L));
        relationships(graph, writers);
        return graph;
    }

    private static void half(GraphImage graph, int writer, String side) {
        node(graph, "Post", post(writer, side), Map.of());
        for (int i = 0; i < Step.LAMPS; i++) {
            node(graph, "Lamp", lamp(writer, i, side), Map.of());
        }
        for (int i = 0; i < Step.TEXTS; i++) {
            node(graph, "Text", text(writer, i, side), Map.of("content", "", "numbers", List.of(0L)));
        }
    }

    private static void accounts(GraphImage graph, int from, int to) {
        for (int i = from; i < to; i++) {
            node(graph, "Account", account(i), Map.of("balance", MONEY));
        }
    }

    private static void relationships(GraphImage graph, int writers) {
        debts(graph, 0, ACCOUNTS / 2);
        many(graph, "BALLAST", BALLAST, i -> "ballast-" + i, i -> "ballast-" + (i * 7 + 1) % BALLAST);
        debts(graph, ACCOUNTS / 2, ACCOUNTS);
        many(graph, "SPOKE", SPOKES, i -> "hub", i -> "ballast-" + i * 40);
        for (int writer = 0; writer < writers; writer++) {
            for (int i = 0; i < Step.TEXTS; i++) {
                graph.addRelationship(
                        "NOTE",
                        text(writer, i, "left"),
                        text(writer, i, "right"),
                        Map.of(GraphImage.KEY, note(writer, i), "content", ""));
            }
        }
    }

    private static void debts(GraphImage graph, int from, int to) {
        for (int i = from; i < to; i++) {
            graph.addRelationship(
                    "DEBT",
                    account(i),
                    account((i * 7 + 1) % ACCOUNTS),
                    Map.of(GraphImage.KEY, debt(i), "balance", MONEY));
        }
    }

    private static void many(
            GraphImage graph, String type, int count, Function<Integer, String> start, Function<Integer, String> end) {
        for (int i = 0; i < count; i++) {
            graph.addRelationship(type, start.apply(i), end.apply(i), Map.of(GraphImage.KEY, type + "-" + i));
        }
    }

    private static void node(GraphImage graph, String label, String key, Map<String, Object> properties) {
        var all = new HashMap<>(properties);
        all.put(GraphImage.KEY, key);
        graph.addNode(List.of("Thing", label), all);
    }

    static List<String> sides() {
        return SIDES;
    }

    static String account(int index) {
        return "account-" + index;
    }

    static String debt(int index) {
        return "debt-" + index;
    }

    static String writer(int writer) {
        return "writer-" + writer;
    }

    static String post(int writer, String side) {
        return "post-" + writer + "-" + side;
    }

    static String lamp(int writer, int index, String side) {
        return "lamp-" + writer + "-" + index + "-" + side;
    }

    static String text(int writer, int index, String side) {
        return "text-" + writer + "-" + index + "-" + side;
    }

    static String note(int writer, int index) {
        return "note-" + writer + "-" + index;
    }

    static String log(int writer, int n) {
        return "log-" + writer + "-" + n;
    }

    static String pair(int writer, int n, String side) {
        return "pair-" + writer + "-" + n + "-" + side;
    }
}
