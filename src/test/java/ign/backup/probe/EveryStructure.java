package ign.backup.probe;

import java.util.ArrayList;
import java.util.List;
import org.neo4j.graphdb.Label;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.RelationshipType;
import org.neo4j.graphdb.Transaction;

/** Shapes and names that get lost; the comments are the rows of the table of fidelity. */
final class EveryStructure {

    private static final List<String> NAMES = List.of(
            // N-01
            "blank name",
            " leading and trailing ",
            "a.b:c",
            "it's \"quoted\"",
            "line\nbreak",
            "carriage\rreturn",
            "tab\tstop",
            "back\\slash",
            "\\u0041",
            "😀",
            "имя 名前 اسم",
            // N-02, N-03
            "`",
            "``",
            "a`b",
            "`) DETACH DELETE n //",
            "\"}]}",
            // N-04
            "n".repeat(16_000),
            // N-05
            "id",
            "type",
            "labels",
            "properties",
            "start",
            "end",
            "neo4jImportId",
            "_id",
            "__id",
            "_labels",
            "__labels",
            "_type",
            "_start_id",
            "_end_id",
            "$type",
            "_value",
            "_",
            "__",
            "$",
            // N-06
            "$$",
            "$$type",
            "@type",
            "Case",
            "case",
            "\u00e9",
            "e\u0301",
            // N-07
            "a\u0085b",
            "a\u2028b",
            "a\u2029b",
            "\u0001",
            "\u001f",
            "\u007f",
            "\ufeffmark",
            "\ufffe",
            "\uffff");

    private final Transaction tx;

    EveryStructure(Transaction tx) {
        this.tx = tx;
    }

    void create(int hubDegree) {
        bareNodes();
        manyLabels();
        loopsAndParallels();
        hub(hubDegree);
        gaps();
        manyProperties();
        names();
    }

    /** G-01, G-02. */
    private void bareNodes() {
        tx.createNode();
        tx.createNode();
        node("G-01", new String[0]);
        var bare = tx.createNode();
        bare.createRelationshipTo(tx.createNode(), RelationshipType.withName("BARE"));
        bare.createRelationshipTo(node("G-02", new String[0]), RelationshipType.withName("BARE"));
    }

    /** G-03: more than fit beside the node. */
    private void manyLabels() {
        var node = node("G-03", "Fidelity");
        for (var number = 0; number < 70; number++) {
            node.addLabel(Label.label("Label" + number));
        }
    }

    /** G-04, G-05, G-06, G-10. */
    private void loopsAndParallels() {
        var left = node("G-05 left", "Fidelity");
        var right = node("G-05 right", "Fidelity");
        left.createRelationshipTo(left, RelationshipType.withName("LOOP"));
        left.createRelationshipTo(left, RelationshipType.withName("LOOP")).setProperty("row", "G-04");
        for (var number = 0; number < 3; number++) {
            left.createRelationshipTo(right, RelationshipType.withName("PARALLEL"));
            left.createRelationshipTo(right, RelationshipType.withName("PARALLEL"))
                    .setProperty("same", 1L);
        }
        right.createRelationshipTo(left, RelationshipType.withName("PARALLEL"));
    }

    /** G-07, G-08. */
    private void hub(int degree) {
        var hub = node("G-07", "Hub");
        hub.setProperty("long", "h".repeat(10_000));
        for (var number = 0; number < degree; number++) {
            var leaf = tx.createNode(Label.label("Leaf"));
            leaf.setProperty("number", number);
            var type = RelationshipType.withName("HUB" + number % 3);
            if (number % 2 == 0) {
                hub.createRelationshipTo(leaf, type);
            } else {
                leaf.createRelationshipTo(hub, type);
            }
        }
    }

    /** G-09: ids that no element has. */
    private void gaps() {
        var gone = new ArrayList<Node>();
        for (var number = 0; number < 20; number++) {
            var node = node("G-09 " + number, "Fidelity");
            if (number % 3 != 0) {
                gone.add(node);
            }
        }
        gone.forEach(Node::delete);
    }

    /** G-11. */
    private void manyProperties() {
        var node = node("G-11", "Fidelity");
        for (var number = 0; number < 1000; number++) {
            if (number % 2 == 0) {
                node.setProperty("property" + number, number);
            } else {
                node.setProperty("property" + number, "text " + number);
            }
        }
    }

    /** Each name as label, type and key, and all of them as keys of one node. */
    private void names() {
        var all = node("N-00", "Fidelity");
        for (var number = 0; number < NAMES.size(); number++) {
            var name = NAMES.get(number);
            var node = node("N " + number, name);
            node.setProperty(name, name);
            var relationship = all.createRelationshipTo(node, RelationshipType.withName(name));
            relationship.setProperty(name, name);
            relationship.setProperty("row", "N " + number);
            all.setProperty(name, (long) number);
        }
    }

    private Node node(String row, String... labels) {
        var node = tx.createNode();
        for (var label : labels) {
            node.addLabel(Label.label(label));
        }
        node.setProperty("row", row);
        return node;
    }
}
