package ign.backup.format;

import ign.backup.codec.Codecs;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupHeader.Origin;
import ign.backup.model.BackupName;
import ign.backup.model.BlockCodec;
import ign.backup.model.Compression;
import ign.backup.model.DatabaseName;
import ign.backup.model.GraphVisitor;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.model.Tier;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.OptionalLong;

/** Writes and reads whole documents. */
final class Documents {

    static final BackupHeader DRAFT = new BackupHeader(
            DocumentWriter.VERSION,
            "20250128_143022",
            "2025-01-28T14:30:22.123456",
            "Manual backup before deployment",
            0,
            0,
            "full",
            "IGN Scripts Learning System",
            Optional.of(new Origin(
                    new DatabaseName("neo4j"),
                    "5.26.30",
                    "0.1.0",
                    "store-1",
                    OffsetDateTime.parse("2025-01-28T14:30:22.123456+01:00"),
                    4711,
                    Tier.DAILY,
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty())));

    private Documents() {}

    static MemoryOutput write(SampleGraph graph) {
        return write(graph, Codecs.of(Compression.NONE), 1 << 20);
    }

    static MemoryOutput write(SampleGraph graph, BlockCodec codec, int blockSize) {
        var output = new MemoryOutput();
        var writer = new DocumentWriter(codec, output, DRAFT, blockSize);
        graph.showTo(writer);
        seal(writer);
        return output;
    }

    static void seal(DocumentWriter writer) {
        writer.seal(DRAFT.sealed(writer.finish(), 1234));
    }

    /** {@return the document's graph, which has passed the check} */
    static SampleGraph read(InputStream document) {
        var graph = new SampleGraph();
        var check = new GraphCheck();
        var reading = reading(document, both(check, graph));
        check.check(reading);
        return graph;
    }

    static SampleGraph read(String document) {
        return read(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)));
    }

    static Reading reading(InputStream document, GraphVisitor visitor) {
        return new DocumentReader(Limits.DEFAULT).read(document, visitor, StopSignal.NEVER, Progress.NONE);
    }

    static InputStream stream(String document) {
        return new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
    }

    /** {@return a document of that version with these nodes and no relationships} */
    static String withNodes(String version, String nodes, int count) {
        return "{\"metadata\":{\"version\":\"" + version + "\",\"node_count\":" + count
                + ",\"relationship_count\":0},\n\"data\":{\"nodes\":[\n" + nodes + "\n],\"relationships\":[]}}";
    }

    /** {@return a document with one node that has one property 'p'} */
    static String withValue(String version, String value) {
        return withNodes(version, "{\"p\":" + value + ",\"_labels\":[],\"_id\":7}", 1);
    }

    static GraphVisitor both(GraphVisitor first, GraphVisitor second) {
        return new GraphVisitor() {
            @Override
            public void schema(ign.backup.model.GraphSchema schema) {
                first.schema(schema);
                second.schema(schema);
            }

            @Override
            public void node(ign.backup.model.Element.Node node) {
                first.node(node);
                second.node(node);
            }

            @Override
            public void relationship(ign.backup.model.Element.Relationship relationship) {
                first.relationship(relationship);
                second.relationship(relationship);
            }
        };
    }

    static BackupName name(String name) {
        return new BackupName(name);
    }
}
