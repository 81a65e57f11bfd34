package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.io.InputStream;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reads documents of format 1.x, of our own writer and of other tools.
 *
 * <p>Tolerant where it is safe: fields that it does not know, any order of fields, any spacing, missing schema and statistics.
 * Strict where it matters: a document that was cut, that is followed by anything, or that says what no graph can hold is
 * {@link BackupException.Damaged}, with line and element. Whether the elements fit each other is for {@link GraphCheck}.
 *
 * <p>Has no state; may be used by several threads.
 */
public final class DocumentReader {

    private final Limits limits;

    /**
     * A reader with these limits.
     *
     * @param limits what a document may ask for; beyond them is {@link BackupException.BadRequest}, since the document may
     *     be sound
     */
    public DocumentReader(Limits limits) {
        this.limits = limits;
    }

    /**
     * {@return the header, after reading no further than that}
     *
     * <p>In files of format 1.1 it comes first. Where it comes last, the whole document is read.
     *
     * @param document unpacked; not closed
     */
    public BackupHeader readHeader(InputStream document) {
        var input = new JsonInput(document, limits);
        return new DocumentParser(input, limits, Set.of(), new GraphVisitor() {}, StopSignal.NEVER, Progress.NONE)
                .header();
    }

    /**
     * Reads the whole document to its end and shows it to {@code visitor}.
     *
     * @param document unpacked; not closed
     * @param stop asked every thousand elements or so
     * @return what the document says about itself, to be compared with what the visitor saw
     */
    public Reading read(InputStream document, GraphVisitor visitor, StopSignal stop, Progress progress) {
        var input = new JsonInput(document, limits);
        return new DocumentParser(input, limits, EnumSet.allOf(Section.class), visitor, stop, progress).whole();
    }

    /**
     * Reads the whole document and shows only one of its sections, and the schema.
     *
     * <p>For a restore that needs the nodes first from a document where they come last. The other section is checked for
     * valid JSON only.
     *
     * @param section the one to show
     * @param document unpacked; not closed
     */
    public Reading readOnly(
            Section section, InputStream document, GraphVisitor visitor, StopSignal stop, Progress progress) {
        var input = new JsonInput(document, limits);
        return new DocumentParser(input, limits, EnumSet.of(section), visitor, stop, progress).whole();
    }
}
