package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.ElementWriter;
import ign.backup.model.GraphSink.Name;
import java.util.Arrays;

/**
 * Encodes the elements of one thread, a line each, into its own block, and hands the block on when it is full.
 *
 * <p>The block goes only when the next element begins, so what is left at the end always holds the writer's last element, with
 * the comma that may have to go.
 */
final class LineWriter implements ElementWriter {

    /** Takes the blocks of the writers of one section. */
    interface Blocks {

        /** Takes a block of whole lines; its bytes may be overwritten afterwards. Called by several threads. */
        void full(JsonBytes block);

        /** Takes what is left of a writer, and what it has counted. */
        void last(JsonBytes rest, long elements, long[] perName);
    }

    private static final byte[] LABELS = JsonBytes.ascii("\"_labels\":[");
    private static final byte[] END_LABELS_ID = JsonBytes.ascii("],\"_id\":");
    private static final byte[] TYPE = JsonBytes.ascii("\"_type\":");
    private static final byte[] ID = JsonBytes.ascii(",\"_id\":");
    private static final byte[] START_ID = JsonBytes.ascii(",\"_start_id\":");
    private static final byte[] END_ID = JsonBytes.ascii(",\"_end_id\":");
    private static final byte[] END_ELEMENT = JsonBytes.ascii("},\n");
    private static final int NO_ELEMENT = -1;

    private final Section section;
    private final Blocks blocks;
    private final int blockSize;
    private final JsonBytes block;
    private int elementStart = NO_ELEMENT;
    private long elements;
    private long[] perName = new long[16];
    private boolean closed;

    /** A writer for many elements: its block has room for the one that makes it full, so that ordinary ones never make it grow. */
    static LineWriter ofMany(Section section, Blocks blocks, int blockSize) {
        return new LineWriter(section, blocks, blockSize, blockSize + Math.max(1024, blockSize >> 4));
    }

    /** A writer for a few elements: its block begins small. */
    static LineWriter ofFew(Section section, Blocks blocks, int blockSize) {
        return new LineWriter(section, blocks, blockSize, 512);
    }

    private LineWriter(Section section, Blocks blocks, int blockSize, int firstCapacity) {
        this.section = section;
        this.blocks = blocks;
        this.blockSize = blockSize;
        block = new JsonBytes(firstCapacity);
    }

    @Override
    public void begin() {
        begin(section);
    }

    @Override
    public void property(Name key, long value) {
        begin(key).integer(value);
        block.raw(',');
    }

    @Override
    public void property(Name key, double value) {
        ValueWriter.write(begin(key), value);
        block.raw(',');
    }

    @Override
    public void property(Name key, boolean value) {
        begin(key).bool(value);
        block.raw(',');
    }

    @Override
    public void property(Name key, String value) {
        begin(key).string(value);
        block.raw(',');
    }

    @Override
    public void utf8Property(Name key, byte[] value) {
        begin(key).utf8(value);
        block.raw(',');
    }

    @Override
    public void property(Name key, Object value) {
        ValueWriter.write(begin(key), value);
        block.raw(',');
    }

    @Override
    public void node(long id, Name[] labels, int labelCount) {
        begin(Section.NODES);
        block.raw(LABELS);
        for (int i = 0; i < labelCount; i++) {
            if (i > 0) {
                block.raw(',');
            }
            var label = (NameHandle) labels[i];
            block.raw(label.json());
            count(label);
        }
        block.raw(END_LABELS_ID);
        block.integer(id);
        end();
    }

    @Override
    public void relationship(long id, Name type, long startId, long endId) {
        begin(Section.RELATIONSHIPS);
        var handle = (NameHandle) type;
        block.raw(TYPE);
        block.raw(handle.json());
        block.raw(ID);
        block.integer(id);
        block.raw(START_ID);
        block.integer(startId);
        block.raw(END_ID);
        block.integer(endId);
        count(handle);
        end();
    }

    @Override
    public void forget() {
        if (elementStart != NO_ELEMENT) {
            block.truncate(elementStart);
            elementStart = NO_ELEMENT;
        }
    }

    @Override
    public void encoded(byte[] elements, int offset, int length) {
        forget();
        begin(section);
        block.truncate(elementStart);
        block.raw(elements, offset, length);
        elementStart = NO_ELEMENT;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            forget();
            blocks.last(block, elements, perName);
        }
    }

    private JsonBytes begin(Name key) {
        begin(section);
        block.raw(((NameHandle) key).json());
        return block;
    }

    private void begin(Section expected) {
        if (expected != section || closed) {
            throw new BackupException.Defect(
                    "a " + (closed ? "closed " : "") + "writer for " + section.field() + " was given a "
                            + expected.element(),
                    null);
        }
        if (elementStart == NO_ELEMENT) {
            if (block.size() >= blockSize) {
                blocks.full(block);
                block.clear();
            }
            elementStart = block.size();
            block.raw('{');
        }
    }

    private void end() {
        block.raw(END_ELEMENT);
        elementStart = NO_ELEMENT;
        elements++;
    }

    private void count(NameHandle name) {
        if (name.index() >= perName.length) {
            perName = Arrays.copyOf(perName, Math.max(name.index() + 1, 2 * perName.length));
        }
        perName[name.index()]++;
    }
}
