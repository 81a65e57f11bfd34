package ign.backup.format;

import com.fasterxml.jackson.core.JsonToken;
import ign.backup.model.BackupHeader;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Goes through one document once. */
final class DocumentParser {

    private static final String METADATA = "metadata";
    private static final String DATA = "data";

    /** Elements between two looks at the stop signal. */
    private static final int STRIDE = 1024;

    private final JsonInput input;
    private final Limits limits;
    private final Set<Section> wanted;
    private final GraphVisitor visitor;
    private final StopSignal stop;
    private final Progress progress;
    private final Dialect dialect = new Dialect();
    private final Warnings warnings = new Warnings();
    private final ElementReader elements;

    private @Nullable BackupHeader header;
    private Optional<Statistics> statistics = Optional.empty();
    private boolean hasData;
    private boolean hasSchema;
    private final Map<Section, Long> seen = new EnumMap<>(Section.class);
    private boolean relationshipsFirst;

    DocumentParser(
            JsonInput input,
            Limits limits,
            Set<Section> wanted,
            GraphVisitor visitor,
            StopSignal stop,
            Progress progress) {
        this.input = input;
        this.limits = limits;
        this.wanted = wanted;
        this.visitor = visitor;
        this.stop = stop;
        this.progress = progress;
        elements = new ElementReader(input, limits, dialect, warnings, new KnownNames(limits, 1));
    }

    /** {@return the header, with nothing read behind it} */
    BackupHeader header() {
        input.expectNext(JsonToken.START_OBJECT, "an object");
        for (var name = input.nextField(); name != null; name = input.nextField()) {
            if (name.equals(METADATA)) {
                return readHeader();
            }
            input.allow(Long.MAX_VALUE);
            input.next();
            input.skip();
            input.allow(limits.metadataBytes());
        }
        throw missing(METADATA);
    }

    /** {@return what the document says of itself, after reading it to its end} */
    Reading whole() {
        input.expectNext(JsonToken.START_OBJECT, "an object");
        for (var name = input.nextField(); name != null; name = input.nextField()) {
            input.allow(limits.metadataBytes());
            switch (name) {
                case METADATA -> readHeader();
                case DATA -> readData();
                default -> skipField();
            }
        }
        input.allow(limits.metadataBytes());
        if (input.nextOrEnd() != null) {
            throw input.damaged("something follows the end of the document");
        }
        if (!hasData) {
            throw missing(DATA);
        }
        var found = header;
        if (found == null) {
            throw missing(METADATA);
        }
        return new Reading(found, statistics, hasSchema, relationshipsFirst, input.bytesRead(), warnings.all());
    }

    /** {@return the position in the document of the bracket that begins the section, once it was met} */
    long begin(Section section) {
        return seen.getOrDefault(section, -1L);
    }

    private BackupHeader readHeader() {
        if (header != null) {
            throw twice(METADATA);
        }
        var found = HeaderJson.read(JsonTree.nextObject(input, "'" + METADATA + "'"));
        dialect.settle(input, FormatVersion.of(found.version()));
        header = found;
        return found;
    }

    private void readData() {
        if (hasData) {
            throw twice(DATA);
        }
        hasData = true;
        input.expectNext(JsonToken.START_OBJECT, "an object as '" + DATA + "'");
        for (var name = input.nextField(); name != null; name = input.nextField()) {
            switch (name) {
                case "schema" -> readSchema();
                case "nodes" -> readSection(Section.NODES);
                case "relationships" -> readSection(Section.RELATIONSHIPS);
                case "statistics" -> readStatistics();
                default -> skipField();
            }
            input.allow(limits.metadataBytes());
        }
        for (var section : Section.values()) {
            if (!seen.containsKey(section)) {
                throw missing(section.field());
            }
        }
    }

    private void readSchema() {
        if (hasSchema) {
            throw twice("schema");
        }
        hasSchema = true;
        input.allow(limits.schemaBytes());
        visitor.schema(SchemaJson.read(JsonTree.nextObject(input, "'schema'")));
    }

    private void readStatistics() {
        if (statistics.isPresent()) {
            throw twice("statistics");
        }
        statistics = Optional.of(Statistics.of(JsonTree.nextObject(input, "'statistics'")));
    }

    private void readSection(Section section) {
        if (seen.containsKey(section)) {
            throw twice(section.field());
        }
        relationshipsFirst |= section == Section.RELATIONSHIPS && !seen.containsKey(Section.NODES);
        input.expectNext(JsonToken.START_ARRAY, "a list as '" + section.field() + "'");
        seen.put(section, input.position());
        boolean show = wanted.contains(section);
        if (show) {
            progress.phase(section.field(), Math.max(0, stated(section)), section.field());
        }
        long count = readElements(section, show);
        if (show) {
            progress.advance(count % STRIDE);
        }
        input.leaveSection();
    }

    private long readElements(Section section, boolean show) {
        long stated = stated(section);
        long count = 0;
        input.allow(limits.elementBytes());
        for (var token = input.next(); token != JsonToken.END_ARRAY; token = input.next()) {
            input.enter(section, ++count);
            input.expect(token, JsonToken.START_OBJECT, "an object as " + section.element());
            if (stated >= 0 && count > stated) {
                // At once and not by the count at the end: an unpacked file must not grow beyond what its header
                // claims.
                throw input.damaged("the header states " + stated + " " + section.field() + ", and here is one more");
            }
            if (show) {
                show(section);
            } else {
                input.skip();
            }
            input.allow(limits.elementBytes());
            if (count % STRIDE == 0) {
                stop.check();
                if (show) {
                    progress.advance(STRIDE);
                }
            }
        }
        return count;
    }

    private void show(Section section) {
        if (section == Section.NODES) {
            visitor.node(elements.node());
        } else {
            visitor.relationship(elements.relationship());
        }
    }

    /** {@return the number of elements by the header, or -1 while that is not known} */
    private long stated(Section section) {
        var known = header;
        if (known == null) {
            return -1;
        }
        return section == Section.NODES ? known.nodeCount() : known.relationshipCount();
    }

    private void skipField() {
        input.allow(limits.elementBytes());
        input.next();
        input.skip();
    }

    private RuntimeException missing(String field) {
        return input.damaged("the document has no '" + field + "'");
    }

    private RuntimeException twice(String field) {
        return input.damaged("'" + field + "' stands twice in the document");
    }
}
