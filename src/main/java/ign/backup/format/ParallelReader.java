package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BlockBytes;
import ign.backup.model.BlockCodec;
import ign.backup.model.BlockUnpacker;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads sound documents that have one element on each line, by several threads.
 *
 * <pre>
 * calling thread   reads the stored bytes in order, and parts them where blocks or lines end
 * other threads    unpack a part, read its lines, show the elements
 * at the end       what stands before, between and after the elements is read as a document without elements
 * </pre>
 *
 * <p>It says nothing about documents of another form or with any fault: those are for {@link DocumentReader}, which reads them in
 * order and so can tell what comes first. What is accepted here that one accepts, too, with the same elements and the same
 * {@link Reading}.
 */
public final class ParallelReader {

    /** As long as the blocks of our writer. */
    private static final int PART_BYTES = 1 << 20;

    /** What all parts may take that are on their way; beyond it an element is too large for this way. */
    private static final int BYTES_UNDER_WAY = 64 << 20;

    private static final int SMALLEST_LIMIT = 2 << 20;

    /** The parser looks ahead by less; where it looks from is not the same here and in the whole document. */
    private static final int LOOK_AHEAD = 16 << 10;

    /** What a list can take in memory for each of its bytes; see {@link Limits}. */
    private static final int MOST_CHARGED_PER_BYTE = 32;

    private static final int LEAST_NESTING = 16;

    /** From the bracket that begins a section to the line of its first element. */
    private static final int TO_BRACKET = 2;

    private final Limits limits;
    private final int threads;
    private final String threadName;
    private final int partBytes;
    private final int mostBytes;

    /**
     * A reader with its own threads for each document.
     *
     * @param limits as for {@link DocumentReader}
     * @param threads how many unpack and parse, besides the calling one, which reads
     * @param threadName what they are called, before their number
     */
    public ParallelReader(Limits limits, int threads, String threadName) {
        this(limits, threads, threadName, PART_BYTES);
    }

    /**
     * A reader with its own threads for each document.
     *
     * @param partBytes how long a part of a plain file should be
     */
    public ParallelReader(Limits limits, int threads, String threadName, int partBytes) {
        this.limits = new Limits(
                limits.nesting(),
                limits.stringLength(),
                limits.nameLength(),
                limits.names(),
                limits.properties(),
                limits.labels(),
                limits.elementBytes() - LOOK_AHEAD,
                limits.metadataBytes() - LOOK_AHEAD,
                limits.schemaBytes() - LOOK_AHEAD,
                limits.documentBytes() - LOOK_AHEAD);
        this.threads = threads;
        this.threadName = threadName;
        this.partBytes = partBytes;
        long most = Math.max(SMALLEST_LIMIT, BYTES_UNDER_WAY / (4 * threads));
        mostBytes = (int) Math.min(
                Math.min(most, this.limits.elementBytes() / MOST_CHARGED_PER_BYTE), this.limits.stringLength());
    }

    /**
     * Reads a whole document.
     *
     * @param codec how it is stored
     * @param stored read to its end, unless nothing is returned; not closed
     * @param visitors makes one for each thread, on that thread; all nodes are shown before the first relationship, apart from that
     *     in any order. What a visitor refuses with {@link BackupException.Damaged} ends the reading as any fault does
     * @param schema takes the schema, if the document has one
     * @return what the document says about itself; empty when it is not of the form, or not sound, and whatever the visitors have
     *     seen counts for nothing
     * @throws BackupException.Unavailable when the stored bytes cannot be read
     * @throws BackupException.Cancelled by {@code stop}
     */
    public Optional<Reading> read(
            BlockCodec codec,
            InputStream stored,
            Supplier<? extends GraphVisitor> visitors,
            Consumer<GraphSchema> schema,
            StopSignal stop) {
        if (mostBytes < SMALLEST_LIMIT || limits.nesting() < LEAST_NESTING) {
            return Optional.empty();
        }
        try {
            var parts = new StoredParts(codec, stored, partBytes, mostBytes);
            return Optional.of(new Run(codec, parts).read(visitors, schema, stop));
        } catch (BackupException.Damaged | BackupException.BadRequest e) {
            return Optional.empty(); // the reader in order says what it is, or that it is nothing
        }
    }

    /** One reading of one document. */
    private final class Run {

        private final BlockCodec codec;
        private final StoredParts parts;

        /** What stands in front of the first node. */
        private byte[] begin = {};

        /** What came with it: the first nodes. */
        private byte[] first = {};

        Run(BlockCodec codec, StoredParts parts) {
            this.codec = codec;
            this.parts = parts;
        }

        Reading read(Supplier<? extends GraphVisitor> visitors, Consumer<GraphSchema> schema, StopSignal stop) {
            readBegin();
            var header = new DocumentReader(limits).readHeader(new ByteArrayInputStream(begin));
            var dialect = Dialect.of(header);
            var order = new PartOrder(header, limits, begin.length);
            PartCrew.Share share = source -> {
                try (var unpacker = codec.unpacker()) {
                    readAll(source, unpacker, new PartReader(order, limits, dialect, threads, visitors.get()));
                }
            };
            try (var crew = new PartCrew(threads, threadName, order, stop)) {
                crew.begin(share);
                giveAll(crew);
                crew.finish();
            }
            return readFrame(order.tail(), schema).ofDocument(order.bytes());
        }

        private void readBegin() {
            var seen = new ByteArrayOutputStream();
            try (var unpacker = codec.unpacker()) {
                for (var part = parts.next(); part != null; part = parts.next()) {
                    var document = unpacker.unpack(part, mostBytes);
                    int from = Math.max(0, seen.size() - PartReader.NODES.length);
                    seen.write(document.array(), 0, document.length());
                    parts.release(part);
                    var bytes = seen.toByteArray();
                    int end = endOfBegin(bytes, from);
                    if (end > 0) {
                        begin = Arrays.copyOf(bytes, end);
                        first = Arrays.copyOfRange(bytes, end, bytes.length);
                        return;
                    }
                    if (seen.size() > limits.metadataBytes() + limits.schemaBytes()) {
                        throw PartOrder.unfit("the nodes do not come soon");
                    }
                }
            }
            throw PartOrder.unfit("the document has no line with which nodes begin");
        }

        /** {@return where the line ends behind which the nodes stand, or 0} */
        private static int endOfBegin(byte[] bytes, int from) {
            byte[] line = PartReader.NODES;
            for (int i = Math.max(1, from); i + line.length <= bytes.length; i++) {
                if (bytes[i - 1] == '\n' && Arrays.equals(line, 0, line.length, bytes, i, i + line.length)) {
                    return i + line.length;
                }
            }
            return 0;
        }

        private void giveAll(PartCrew crew) {
            boolean goesOn = crew.give(new PartCrew.Task(0, new BlockBytes(first, first.length), true));
            long number = 1;
            for (var part = next(goesOn); part != null; part = next(goesOn)) {
                goesOn = crew.give(new PartCrew.Task(number++, part, false));
            }
        }

        private @Nullable BlockBytes next(boolean goesOn) {
            return goesOn ? parts.next() : null;
        }

        private void readAll(PartCrew.Source source, BlockUnpacker unpacker, PartReader reader) {
            for (var task = source.next(); task != null; task = source.next()) {
                var bytes = task.bytes();
                var document = task.isUnpacked() ? bytes : unpacker.unpack(bytes, mostBytes);
                reader.read(task.part(), document);
                parts.release(bytes);
            }
        }

        /** Reads the document without its elements, and refuses it if these did not stand where its sections are. */
        private Reading readFrame(byte[] tail, Consumer<GraphSchema> schema) {
            var frame = new ByteArrayOutputStream();
            frame.writeBytes(begin);
            frame.writeBytes(PartReader.END_OF_NODES);
            frame.writeBytes(PartReader.RELATIONSHIPS);
            long relationships = frame.size();
            frame.writeBytes(tail);
            var input = new JsonInput(new ByteArrayInputStream(frame.toByteArray()), limits);
            var visitor = new GraphVisitor() {
                @Override
                public void schema(GraphSchema found) {
                    schema.accept(found);
                }
            };
            var parser = new DocumentParser(
                    input, limits, EnumSet.allOf(Section.class), visitor, StopSignal.NEVER, Progress.NONE);
            var reading = parser.whole();
            if (parser.begin(Section.NODES) != begin.length - TO_BRACKET
                    || parser.begin(Section.RELATIONSHIPS) != relationships - TO_BRACKET) {
                throw PartOrder.unfit("what looked like a section of the document is something else in it");
            }
            return reading;
        }
    }
}
