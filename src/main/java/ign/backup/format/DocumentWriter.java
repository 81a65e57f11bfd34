package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupOutput;
import ign.backup.model.BlockCodec;
import ign.backup.model.ElementWriter;
import ign.backup.model.ElementsAhead;
import ign.backup.model.EncodedElements;
import ign.backup.model.GraphCounts;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink;
import org.jspecify.annotations.Nullable;

/**
 * Writes a graph as a document of format 1.1.
 *
 * <pre>
 * construct          the header, with room for what is not known yet
 * schema             at most once
 * nodes              any number of writers on any threads, all closed
 * relationships      likewise
 * finish             the statistics; the counts are known now
 * seal               the header again, over the first one
 * </pre>
 *
 * <p>Each element writer packs its own blocks, so that compressing needs no threads of its own. It holds one block and, while
 * it writes, one element. A writer that was given up half way leaves a document without end, which no reader accepts.
 */
public final class DocumentWriter implements GraphSink {

    /** The version that headers of these documents state. */
    public static final String VERSION = "1.1.0";

    private static final int BLOCK_BYTES = 1 << 20;

    /** Writers ahead of their place hand over in steps of this, so that a large transaction is not encoded in memory as a whole. */
    private static final int AHEAD_BYTES = 64 << 10;

    private static final byte[] SCHEMA = JsonBytes.ascii("\"schema\": ");
    private static final byte[] NODES = JsonBytes.ascii("\"nodes\": [\n");
    private static final byte[] RELATIONSHIPS = JsonBytes.ascii("],\n\"relationships\": [\n");
    private static final byte[] STATISTICS = JsonBytes.ascii("],\n\"statistics\": ");
    private static final byte[] END = JsonBytes.ascii("\n}\n}\n");

    /** How far the document is. */
    private enum Part {
        BEGINNING,
        NODES,
        RELATIONSHIPS,
        FINISHED,
        SEALED
    }

    private final BlockCodec codec;
    private final BackupOutput output;
    private final int blockSize;
    private final HeaderBlock header;
    private final NameHandles keys = NameHandles.ofKeys();
    private final NameHandles labels = NameHandles.ofTokens();
    private final NameHandles types = NameHandles.ofTokens();

    private Part part = Part.BEGINNING;
    private boolean hasSchema;
    private int openWriters;

    /** What was written and not yet packed: the frame of the document and the ends of the writers' last blocks. */
    private final JsonBytes pending;

    /** Whether {@link #pending} ends with the last element of an open section. */
    private boolean endsWithElement;

    private final Tally nodes = new Tally();
    private final Tally relationships = new Tally();
    private @Nullable GraphCounts counts;

    /**
     * Writes the header at once.
     *
     * @param codec packs the blocks
     * @param output takes them; not closed
     * @param draft the header as far as it is known; counts and duration may still be anything
     */
    public DocumentWriter(BlockCodec codec, BackupOutput output, BackupHeader draft) {
        this(codec, output, draft, BLOCK_BYTES);
    }

    /**
     * Writes the header at once.
     *
     * @param blockSize bytes of the document that make a block full; an element that does not fit makes it larger
     */
    public DocumentWriter(BlockCodec codec, BackupOutput output, BackupHeader draft, int blockSize) {
        this.codec = codec;
        this.output = output;
        this.blockSize = blockSize;
        pending = new JsonBytes(Math.min(blockSize, 1 << 16));
        header = new HeaderBlock(draft);
        output.append(header.packed(codec, draft));
    }

    @Override
    public Name key(String name) {
        return keys.handle(name);
    }

    @Override
    public Name label(String name) {
        return labels.handle(name);
    }

    @Override
    public Name type(String name) {
        return types.handle(name);
    }

    @Override
    public synchronized void schema(GraphSchema schema) {
        expect(part == Part.BEGINNING && !hasSchema, "the schema comes once and before the elements");
        hasSchema = true;
        pending.raw(SCHEMA);
        SchemaJson.write(pending, schema);
        pending.raw(',');
        pending.raw('\n');
    }

    @Override
    public synchronized ElementWriter nodes() {
        if (part == Part.BEGINNING) {
            openNodes();
        }
        expect(part == Part.NODES, "nodes come before relationships");
        openWriters++;
        return LineWriter.ofMany(Section.NODES, new SectionBlocks(Section.NODES), blockSize);
    }

    @Override
    public synchronized ElementWriter relationships() {
        if (part != Part.RELATIONSHIPS) {
            openRelationships();
        }
        openWriters++;
        return LineWriter.ofMany(Section.RELATIONSHIPS, new SectionBlocks(Section.RELATIONSHIPS), blockSize);
    }

    @Override
    public ElementsAhead ahead(EncodedElements keptNodes, EncodedElements keptRelationships) {
        return new Ahead(keptNodes, keptRelationships);
    }

    /**
     * Ends the document; all element writers are closed.
     *
     * @return what was written
     */
    public synchronized GraphCounts finish() {
        if (part != Part.RELATIONSHIPS) {
            openRelationships();
        }
        closeSection();
        part = Part.FINISHED;
        var result = new GraphCounts(
                nodes.elements(),
                relationships.elements(),
                labels.named(nodes.perName()),
                types.named(relationships.perName()));
        pending.raw(STATISTICS);
        Statistics.write(pending, result);
        pending.raw(END);
        pack();
        counts = result;
        return result;
    }

    /**
     * Writes the header again in its place, complete; the document is whole afterwards.
     *
     * @param complete the draft with counts and duration, {@link BackupHeader#sealed}
     */
    public synchronized void seal(BackupHeader complete) {
        var written = counts;
        expect(part == Part.FINISHED && written != null, "a document is sealed once, after it was finished");
        expect(
                written != null
                        && complete.nodeCount() == written.nodes()
                        && complete.relationshipCount() == written.relationships(),
                "the header states other counts than were written");
        output.overwrite(0, header.packed(codec, complete));
        part = Part.SEALED;
    }

    private void openNodes() {
        part = Part.NODES;
        pending.raw(NODES);
        pack(); // at once, because the writers' blocks must not come before it
    }

    private void openRelationships() {
        if (part == Part.BEGINNING) {
            openNodes();
        }
        expect(part == Part.NODES, "relationships come after nodes");
        closeSection();
        part = Part.RELATIONSHIPS;
        pending.raw(RELATIONSHIPS);
        pack();
    }

    private void closeSection() {
        expect(openWriters == 0, openWriters + " element writers are still open");
        if (endsWithElement) {
            pending.dropLastComma();
            endsWithElement = false;
        }
    }

    private void pack() {
        append(pending);
        pending.clear();
    }

    private void append(JsonBytes block) {
        output.append(codec.pack(block.array(), 0, block.size()));
    }

    private static void expect(boolean right, String rule) {
        if (!right) {
            throw new BackupException.Defect(rule, null);
        }
    }

    private Tally tally(Section section) {
        return section == Section.NODES ? nodes : relationships;
    }

    /** Where the writers of a section leave their blocks. */
    private final class SectionBlocks implements LineWriter.Blocks {

        private final Section section;

        SectionBlocks(Section section) {
            this.section = section;
        }

        @Override
        public void full(JsonBytes block) {
            append(block);
        }

        @Override
        public void last(JsonBytes rest, long elements, long[] perName) {
            synchronized (DocumentWriter.this) {
                openWriters--;
                if (rest.size() > 0) {
                    if (pending.size() + (long) rest.size() > blockSize && pending.size() > 0) {
                        pack();
                    }
                    pending.raw(rest);
                    endsWithElement = true;
                }
            }
            tally(section).add(elements, perName);
        }
    }

    /** Encodes ahead of place; nothing here waits for the document. */
    private final class Ahead implements ElementsAhead {

        private final EncodedElements keptNodes;
        private final EncodedElements keptRelationships;
        private final Tally aheadNodes = new Tally();
        private final Tally aheadRelationships = new Tally();

        Ahead(EncodedElements keptNodes, EncodedElements keptRelationships) {
            this.keptNodes = keptNodes;
            this.keptRelationships = keptRelationships;
        }

        @Override
        public ElementWriter nodes() {
            return LineWriter.ofFew(Section.NODES, new KeptBlocks(keptNodes, aheadNodes), AHEAD_BYTES);
        }

        @Override
        public ElementWriter relationships() {
            return LineWriter.ofFew(
                    Section.RELATIONSHIPS, new KeptBlocks(keptRelationships, aheadRelationships), AHEAD_BYTES);
        }

        @Override
        public void adopt() {
            nodes.add(aheadNodes);
            relationships.add(aheadRelationships);
        }
    }

    /** Where writers ahead of their place leave their blocks. */
    private record KeptBlocks(EncodedElements kept, Tally tally) implements LineWriter.Blocks {

        @Override
        public void full(JsonBytes block) {
            kept.add(block.array(), 0, block.size());
        }

        @Override
        public void last(JsonBytes rest, long elements, long[] perName) {
            if (rest.size() > 0) {
                kept.add(rest.array(), 0, rest.size());
            }
            tally.add(elements, perName);
        }
    }
}
