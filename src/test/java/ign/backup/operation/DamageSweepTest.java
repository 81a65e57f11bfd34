package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.codec.Codecs;
import ign.backup.format.DocumentReader;
import ign.backup.format.DocumentWriter;
import ign.backup.format.Limits;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.Compression;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import ign.backup.model.Element;
import ign.backup.model.GraphPoint;
import ign.backup.model.GraphSchema;
import ign.backup.model.GraphSink.Name;
import ign.backup.model.GraphVisitor;
import ign.backup.model.IndexDefinition;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.model.Tier;
import ign.backup.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Flips every byte of a small backup and cuts it at every length. */
@Tag("promise-B1")
@Tag("promise-B2")
class DamageSweepTest {

    private static final BackupHeader DRAFT = new BackupHeader(
            DocumentWriter.VERSION,
            "20250128_143022",
            "2025-01-28T14:30:22.123456",
            "sweep",
            0,
            0,
            "full",
            "IGN Scripts Learning System",
            Optional.of(new BackupHeader.Origin(
                    new DatabaseName("neo4j"),
                    "5.26.30",
                    "0.1.0",
                    "store-1",
                    OffsetDateTime.parse("2025-01-28T14:30:22.123456+01:00"),
                    4711,
                    Tier.MANUAL,
                    Optional.empty(),
                    OptionalLong.empty(),
                    Optional.empty(),
                    Optional.empty())));

    @ParameterizedTest
    @EnumSource
    void withADigestEveryFaultIsReported(Compression compression) {
        var backup = new Sample(compression);

        var bySidecar = backup.store();
        bySidecar.writeDigest(backup.name, backup.digest);
        backup.faults(damaged -> {
            assertThat(damaged.verdict(bySidecar, Optional.empty()).state())
                    .as(damaged.what)
                    .isEqualTo(State.DAMAGED);
        });

        var byCatalog = backup.store();
        backup.faults(damaged -> {
            var verdict = damaged.verdict(byCatalog, Optional.of(backup.digest));
            assertThat(verdict.problems())
                    .as(damaged.what)
                    .contains("the file has SHA-256 " + verdict.sha256() + ", backup_metadata.json says "
                            + backup.digest);
        });
    }

    /** A plain file cannot prove every byte of itself: what nobody vouches for is never called good. */
    @ParameterizedTest
    @EnumSource
    void withoutADigestAFaultIsReportedOrLeavesTheGraphAsItWas(Compression compression) {
        var backup = new Sample(compression);
        var store = backup.store();
        var original = backup.content(backup.bytes);

        backup.faults(damaged -> {
            var verdict = damaged.verdict(store, Optional.empty());
            assertThat(verdict.state()).as(damaged.what).isIn(State.DAMAGED, State.UNPROVEN);
            if (verdict.valid() && compression != Compression.NONE) {
                assertThat(backup.content(damaged.bytes)).as(damaged.what).isEqualTo(original);
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void theSampleItselfIsGoodWithADigestAndUnprovenWithout(Compression compression) {
        var backup = new Sample(compression);
        var whole = new Fault("whole", backup.name, backup.bytes);

        assertThat(whole.verdict(backup.store(), Optional.of(backup.digest)).state())
                .isEqualTo(State.GOOD);
        assertThat(whole.verdict(backup.store(), Optional.empty()).state()).isEqualTo(State.UNPROVEN);
    }

    /** What a file became. */
    private static final class Fault {

        final String what;
        private final BackupName name;
        private final byte[] bytes;

        Fault(String what, BackupName name, byte[] bytes) {
            this.what = what;
            this.name = name;
            this.bytes = bytes;
        }

        Verdict verdict(MemoryStore store, Optional<Digest> recorded) {
            store.damage(name, bytes);
            return new VerifyBackup(store, 2, "Episodic").run(name, recorded, StopSignal.NEVER, Progress.NONE);
        }
    }

    private interface Judge {
        void look(Fault fault);
    }

    /** A backup with a schema and a few elements. */
    private static final class Sample {

        final BackupName name;
        final byte[] bytes;
        final Digest digest;

        Sample(Compression compression) {
            name = new BackupName("sample" + compression.ending());
            var store = new MemoryStore();
            try (var target = store.create(name)) {
                var writer = new DocumentWriter(Codecs.of(compression), target, DRAFT);
                show(writer);
                writer.seal(DRAFT.sealed(writer.finish(), 12));
                target.publish();
            }
            bytes = store.bytes(name);
            digest = new Fault("whole", name, bytes)
                    .verdict(store, Optional.empty())
                    .sha256();
        }

        MemoryStore store() {
            var store = new MemoryStore();
            store.damage(name, bytes);
            return store;
        }

        void faults(Judge judge) {
            for (int i = 0; i < bytes.length; i++) {
                for (int mask : new int[] {1 << (i % 8), 0xFF}) {
                    var flipped = bytes.clone();
                    flipped[i] ^= (byte) mask;
                    judge.look(new Fault("byte " + i + " xor " + mask, name, flipped));
                }
            }
            for (int length = 0; length < bytes.length; length++) {
                judge.look(new Fault("cut to " + length, name, Arrays.copyOf(bytes, length)));
            }
            judge.look(new Fault("a byte more", name, Arrays.copyOf(bytes, bytes.length + 1)));
            var twice = Arrays.copyOf(bytes, bytes.length * 2);
            System.arraycopy(bytes, 0, twice, bytes.length, bytes.length);
            judge.look(new Fault("twice", name, twice));
        }

        /** {@return what a reader makes of these bytes, in words; ids and order included} */
        List<String> content(byte[] stored) {
            var seen = new ArrayList<String>();
            try (var document = Codecs.of(name.compression()).unpack(new ByteArrayInputStream(stored))) {
                new DocumentReader(Limits.DEFAULT)
                        .read(document, new Describing(seen), StopSignal.NEVER, Progress.NONE);
                return seen;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (BackupException e) {
                throw new AssertionError("verified and yet not read", e);
            }
        }

        private static void show(DocumentWriter writer) {
            writer.schema(new GraphSchema(
                    List.of(new IndexDefinition(
                            "index_1",
                            "RANGE",
                            "NODE",
                            List.of("Person"),
                            List.of("name"),
                            Map.of(),
                            "range-1.0",
                            Optional.empty(),
                            "CREATE RANGE INDEX index_1 FOR (n:Person) ON (n.name)")),
                    List.of()));
            var label = new Name[] {writer.label("Person")};
            try (var nodes = writer.nodes()) {
                for (long id = 0; id < 3; id++) {
                    nodes.property(writer.key("name"), "person \"" + id + "\" é");
                    nodes.property(writer.key("age"), 40 + id);
                    nodes.property(writer.key("at"), new GraphPoint(7203, 1.5, id));
                    nodes.node(id, label, 1);
                }
            }
            try (var relationships = writer.relationships()) {
                relationships.property(writer.key("since"), LocalDate.of(2020, 2, 29));
                relationships.property(writer.key("weight"), 0.25);
                relationships.relationship(0, writer.type("KNOWS"), 0, 2);
                relationships.relationship(1, writer.type("KNOWS"), 2, 1);
            }
        }
    }

    private record Describing(List<String> seen) implements GraphVisitor {

        @Override
        public void schema(GraphSchema schema) {
            seen.add(schema.toString());
        }

        @Override
        public void node(Element.Node node) {
            seen.add("node " + node.id() + " " + node.label(0) + properties(node));
        }

        @Override
        public void relationship(Element.Relationship one) {
            seen.add("relationship " + one.id() + " " + one.type() + " " + one.startId() + " " + one.endId()
                    + properties(one));
        }

        private static String properties(Element element) {
            var text = new StringBuilder();
            for (int i = 0; i < element.propertyCount(); i++) {
                text.append(' ').append(element.key(i)).append('=').append(element.value(i));
            }
            return text.toString();
        }
    }
}
