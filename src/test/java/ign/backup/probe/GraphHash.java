package ign.backup.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import java.util.TreeMap;
import java.util.TreeSet;
import org.neo4j.graphdb.Entity;
import org.neo4j.graphdb.Node;
import org.neo4j.graphdb.Relationship;
import org.neo4j.graphdb.Transaction;

/**
 * A hash of a graph that two graphs share when they are the same up to ids, and practically never otherwise.
 *
 * <p>Each node starts with the hash of its labels and properties; then, three times, it takes in the hashes of its
 * relationships and of their other ends (Weisfeiler and Lehman). What counts are the bags of final hashes.
 */
final class GraphHash {

    private static final int ROUNDS = 3;

    private final MessageDigest sha = sha256();
    private long[] ids = new long[1024];
    private int nodes;
    private Lanes node = new Lanes(0);

    private int[] from = new int[1024];
    private int[] to = new int[1024];
    private final Lanes relationship = new Lanes(1024);
    private int relationships;

    private GraphHash() {}

    /** What came out. */
    record Result(long nodes, long relationships, String digest) {}

    /** 128 bits for each of many elements. */
    private static final class Lanes {
        private long[] low;
        private long[] high;

        Lanes(int size) {
            low = new long[size];
            high = new long[size];
        }

        void set(int at, ByteBuffer hash) {
            low[at] = hash.getLong();
            high[at] = hash.getLong();
        }

        void grow() {
            low = Arrays.copyOf(low, low.length * 2);
            high = Arrays.copyOf(high, high.length * 2);
        }
    }

    /** Reads the whole graph twice. */
    static Result of(Transaction tx) {
        var hash = new GraphHash();
        hash.readNodes(tx);
        hash.readRelationships(tx);
        for (var round = 0; round < ROUNDS; round++) {
            hash.refine();
        }
        return new Result(hash.nodes, hash.relationships, hash.sum());
    }

    /** {@return the beginning of the hash of a single element, its own labels or type and properties only} */
    static String shortHash(Entity entity) {
        var hash = new GraphHash();
        return Long.toHexString(hash.sha(text(entity)).getLong());
    }

    private void readNodes(Transaction tx) {
        try (var all = tx.getAllNodes()) {
            for (var next : all) {
                if (nodes == ids.length) {
                    ids = Arrays.copyOf(ids, nodes * 2);
                }
                ids[nodes++] = id(next);
            }
        }
        Arrays.sort(ids, 0, nodes);
        node = new Lanes(nodes);
        try (var all = tx.getAllNodes()) {
            for (var next : all) {
                node.set(place(next), sha(text(next)));
            }
        }
    }

    private void readRelationships(Transaction tx) {
        try (var all = tx.getAllRelationships()) {
            for (var next : all) {
                if (relationships == from.length) {
                    from = Arrays.copyOf(from, relationships * 2);
                    to = Arrays.copyOf(to, relationships * 2);
                    relationship.grow();
                }
                from[relationships] = place(next.getStartNode());
                to[relationships] = place(next.getEndNode());
                relationship.set(relationships++, sha(text(next)));
            }
        }
    }

    private void refine() {
        var around = new Lanes(nodes);
        for (var at = 0; at < relationships; at++) {
            var low = relationship.low[at];
            var high = relationship.high[at];
            var start = from[at];
            var end = to[at];
            around.low[start] += join(1, low, node.low[end], node.high[end]);
            around.high[start] += join(2, high, node.high[end], node.low[end]);
            around.low[end] += join(3, low, node.low[start], node.high[start]);
            around.high[end] += join(4, high, node.high[start], node.low[start]);
        }
        for (var at = 0; at < nodes; at++) {
            var low = join(5, node.low[at], around.low[at], around.high[at]);
            node.high[at] = join(6, node.high[at], around.high[at], around.low[at]);
            node.low[at] = low;
        }
    }

    private String sum() {
        var sums = new long[4];
        for (var at = 0; at < nodes; at++) {
            sums[0] += join(7, node.low[at], node.high[at], 0);
            sums[1] += join(8, node.high[at], node.low[at], 0);
        }
        for (var at = 0; at < relationships; at++) {
            var start = join(9, node.low[from[at]], node.high[from[at]], 0);
            var end = join(10, node.low[to[at]], node.high[to[at]], 0);
            sums[2] += join(11, relationship.low[at], start, end);
            sums[3] += join(12, relationship.high[at], start, end);
        }
        var all = sha(nodes + " " + relationships + " " + Arrays.toString(sums));
        return String.format(Locale.ROOT, "%016x%016x", all.getLong(), all.getLong());
    }

    private static String text(Entity entity) {
        var text = new StringBuilder();
        if (entity instanceof Node labelled) {
            var labels = new TreeSet<String>();
            labelled.getLabels().forEach(label -> labels.add(label.name()));
            labels.forEach(label -> append(text, label));
        } else {
            append(text, ((Relationship) entity).getType().name());
        }
        text.append('|');
        new TreeMap<>(entity.getAllProperties()).forEach((key, value) -> {
            append(text, key);
            append(text, ExactValue.type(value));
            append(text, ExactValue.text(value));
        });
        return text.toString();
    }

    private static void append(StringBuilder text, String part) {
        text.append(part.length()).append(':').append(part);
    }

    /** Over the UTF-16 units, so that half a surrogate pair counts. */
    private ByteBuffer sha(String text) {
        return ByteBuffer.wrap(sha.digest(text.getBytes(StandardCharsets.UTF_16LE)));
    }

    private int place(Node wanted) {
        return Arrays.binarySearch(ids, 0, nodes, id(wanted));
    }

    private static long id(Node node) {
        var elementId = node.getElementId();
        return Long.parseLong(elementId.substring(elementId.lastIndexOf(':') + 1));
    }

    private static long join(long seed, long first, long second, long third) {
        return mix(mix(mix(seed * 0x9e3779b97f4a7c15L ^ first) + second) ^ third * 0xd6e8feb86659fd93L);
    }

    private static long mix(long value) {
        var mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ (mixed >>> 33);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
