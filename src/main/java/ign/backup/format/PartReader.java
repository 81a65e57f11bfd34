package ign.backup.format;

import com.fasterxml.jackson.core.JsonToken;
import ign.backup.model.BlockBytes;
import ign.backup.model.GraphVisitor;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads parts of a document, each of which holds whole lines, and shows their elements. Used by one thread; the other ones read
 * the parts in between.
 *
 * <p>Whatever is not as expected ends the reading with an exception whose message nobody sees: which fault is the first of the
 * document only somebody can tell who reads it in order.
 */
final class PartReader {

    static final byte[] NODES = JsonBytes.ascii("\"nodes\": [\n");
    static final byte[] RELATIONSHIPS = JsonBytes.ascii("\"relationships\": [\n");
    static final byte[] END_OF_NODES = JsonBytes.ascii("],\n");

    private static final byte[] LABELS = JsonBytes.ascii("\"_labels\":[");
    private static final byte[] TYPE = JsonBytes.ascii("\"_type\":\"");
    private static final byte[] OPEN = JsonBytes.ascii("[[["); // as deep as the elements are in a document
    private static final byte[] CLOSE = JsonBytes.ascii("]]]");

    /** So many lines of a part go to a parser of their own each; the next one begins a parser for the rest. */
    private static final int ODD_LINES = 8;

    private final PartOrder order;
    private final Limits limits;
    private final Dialect dialect;
    private final KnownNames names;
    private final LineScanner scanner;
    private final GraphVisitor visitor;

    private byte[] bytes = {};
    private int end;
    private int oddLines;
    private long nodes;
    private long relationships;
    private boolean isFollowed;

    /**
     * For one thread.
     *
     * @param dialect is settled
     * @param threads how many share the limits on names
     */
    PartReader(PartOrder order, Limits limits, Dialect dialect, int threads, GraphVisitor visitor) {
        this.order = order;
        this.limits = limits;
        this.dialect = dialect;
        this.visitor = visitor;
        names = new KnownNames(limits, threads);
        scanner = new LineScanner(names, limits, dialect);
    }

    /** Reads one part, counted from 0. */
    void read(long part, BlockBytes document) {
        bytes = document.array();
        end = document.length();
        oddLines = 0;
        nodes = 0;
        relationships = 0;
        var guessed = guess();
        var from = guessed == null ? order.await(part) : guessed;
        int at = 0;
        var state = from;
        if (state != LineState.TAIL && end > 0 && bytes[end - 1] != '\n') {
            throw PartOrder.unfit("a part ends within a line");
        }
        while (at < end && state != LineState.TAIL) {
            var section = state.section();
            if (section != null && bytes[at] == '{' && state.takesElement()) {
                if (section == Section.RELATIONSHIPS) {
                    order.awaitNodes(part);
                }
                at = elements(section, at);
                state = LineState.after(section, isFollowed);
            } else if (section != null && bytes[at] == ']' && state.takesEnd()) {
                at = section == Section.NODES ? after(END_OF_NODES, at) : at;
                state = section == Section.NODES ? LineState.BETWEEN : LineState.TAIL;
            } else if (state == LineState.BETWEEN) {
                at = after(RELATIONSHIPS, at);
                state = LineState.RELATIONSHIPS_BEGIN;
            } else {
                throw PartOrder.unfit("a line is neither an element nor the end of a section");
            }
        }
        order.add(
                part,
                new PartOrder.Found(
                        from,
                        state,
                        end,
                        nodes,
                        relationships,
                        new BlockBytes(Arrays.copyOfRange(bytes, at, end), end - at)));
    }

    /** {@return what the first line seems to be, or null if it does not say; whether it is shows when the parts are joined} */
    private @Nullable LineState guess() {
        if (end == 0 || bytes[0] != '{') {
            return null;
        }
        for (int i = 1; i < end && bytes[i] != '\n'; i++) {
            if (bytes[i] == '"' && (bytes[i - 1] == ',' || bytes[i - 1] == '{')) {
                if (stands(LABELS, i)) {
                    return LineState.NODES_FOLLOW;
                }
                if (stands(TYPE, i)) {
                    return LineState.RELATIONSHIPS_FOLLOW;
                }
            }
        }
        return null;
    }

    /** {@return where the elements end that follow each other from {@code from} on} */
    private int elements(Section section, int from) {
        int at = from;
        do {
            int next = scanner.read(section, bytes, at, visitor);
            if (next < 0) {
                at = parse(section, at);
            } else {
                isFollowed = scanner.isFollowed();
                count(section);
                at = next;
            }
        } while (isFollowed && at < end && bytes[at] == '{');
        return at;
    }

    private void count(Section section) {
        if (section == Section.NODES) {
            nodes++;
        } else {
            relationships++;
        }
    }

    /** {@return where the line ends that the scanner has not understood, or, after a few of these, the section} */
    private int parse(Section section, int from) {
        oddLines++;
        int to = from;
        do {
            while (bytes[to] != '\n') {
                to++;
            }
            to++;
        } while (oddLines > ODD_LINES && to < end && bytes[to] != ']');
        isFollowed = bytes[to - 2] == ',';
        parse(section, from, isFollowed ? to - 2 : to - 1);
        return to;
    }

    private void parse(Section section, int from, int to) {
        var list = new SequenceInputStream(Collections.enumeration(
                List.of(new ByteArrayInputStream(OPEN), new ByteArrayInputStream(bytes, from, to - from), (InputStream)
                        new ByteArrayInputStream(CLOSE))));
        var input = JsonInput.ofPart(list, limits);
        var warnings = new Warnings();
        var elements = new ElementReader(input, limits, dialect, warnings, names);
        for (int i = 0; i < OPEN.length; i++) {
            input.expectNext(JsonToken.START_ARRAY, "a list");
        }
        input.allow(limits.elementBytes());
        for (var token = input.next(); token != JsonToken.END_ARRAY; token = input.next()) {
            input.expect(token, JsonToken.START_OBJECT, "an object as " + section.element());
            if (section == Section.NODES) {
                visitor.node(elements.node());
            } else {
                visitor.relationship(elements.relationship());
            }
            count(section);
            input.allow(limits.elementBytes());
        }
        for (int i = 1; i < CLOSE.length; i++) {
            input.expectNext(JsonToken.END_ARRAY, "the end of a list");
        }
        if (input.nextOrEnd() != null || !warnings.all().isEmpty()) {
            throw PartOrder.unfit("a part holds more than elements, or something that needs a warning");
        }
    }

    private int after(byte[] line, int at) {
        if (!stands(line, at)) {
            throw PartOrder.unfit("a line is not the one that is expected between the sections");
        }
        return at + line.length;
    }

    private boolean stands(byte[] expected, int at) {
        return at + expected.length <= end
                && Arrays.equals(expected, 0, expected.length, bytes, at, at + expected.length);
    }
}
