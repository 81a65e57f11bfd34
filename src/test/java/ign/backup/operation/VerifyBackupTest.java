package ign.backup.operation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.codec.Codecs;
import ign.backup.format.DocumentWriter;
import ign.backup.model.BackupException;
import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import ign.backup.model.BlockCodec;
import ign.backup.model.Compression;
import ign.backup.model.GraphSink.Name;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.testkit.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Several threads read a backup of many parts, and say of it what one thread would. */
@Timeout(120)
class VerifyBackupTest {

    private static final int NODES = 30_000;
    private static final BackupHeader DRAFT = new BackupHeader(
            DocumentWriter.VERSION,
            "20250128_143022",
            "2025-01-28T14:30:22.123456",
            "parts",
            0,
            0,
            "full",
            "IGN Scripts Learning System",
            Optional.empty());

    private final MemoryStore store = new MemoryStore();

    /** The lines of a document of several megabytes, with ids from 0 on. */
    private List<String> lines() throws IOException {
        var name = new BackupName("lines.json");
        try (var target = store.create(name)) {
            var writer = new DocumentWriter(Codecs.of(Compression.NONE), target, DRAFT);
            var key = writer.key("text");
            var label = writer.label("A");
            var type = writer.type("T");
            try (var nodes = writer.nodes()) {
                for (int id = 0; id < NODES; id++) {
                    nodes.property(key, "a text that makes the line longer, and so the document " + id);
                    nodes.node(id, new Name[] {label}, 1);
                }
            }
            try (var relationships = writer.relationships()) {
                for (int id = 0; id < NODES; id++) {
                    relationships.relationship(id, type, id, NODES - 1 - id);
                }
            }
            writer.seal(DRAFT.sealed(writer.finish(), 12));
            target.publish();
        }
        try (var text = new ByteArrayInputStream(store.bytes(name))) {
            return new ArrayList<>(List.of(new String(text.readAllBytes(), StandardCharsets.UTF_8).split("(?<=\n)")));
        }
    }

    /** Stores the lines in blocks of a few hundred each. */
    private BackupName stored(List<String> lines, Compression compression) {
        var name = new BackupName("parts" + compression.ending());
        var codec = Codecs.of(compression);
        var all = new ByteArrayOutputStream();
        for (int from = 0; from < lines.size(); from += 500) {
            pack(codec, String.join("", lines.subList(from, Math.min(lines.size(), from + 500))), all);
        }
        store.damage(name, all.toByteArray());
        return name;
    }

    private static void pack(BlockCodec codec, String text, ByteArrayOutputStream all) {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        var packed = codec.pack(bytes, 0, bytes.length);
        all.write(packed.array(), packed.arrayOffset() + packed.position(), packed.remaining());
    }

    private Verdict verdict(BackupName name) {
        return new VerifyBackup(store, 3, "Episodic").run(name, Optional.empty(), StopSignal.NEVER, Progress.NONE);
    }

    @AfterEach
    void noThreadIsLeft() {
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("ign-backup-verify-"));
    }

    @ParameterizedTest
    @EnumSource
    void readsTheWholeFileOnce(Compression compression) throws IOException {
        var name = stored(lines(), compression);
        var read = new AtomicLong();
        var progress = new Progress() {
            @Override
            public void phase(String phase, long total, String unit) {
                assertThat(phase).isEqualTo("verify");
                assertThat(total).isEqualTo(store.bytes(name).length);
            }

            @Override
            public void advance(long amount) {
                read.addAndGet(amount);
            }
        };

        var verdict = new VerifyBackup(store, 3, "Episodic").run(name, Optional.empty(), StopSignal.NEVER, progress);

        assertThat(verdict.problems()).isEmpty();
        assertThat(read).hasValue(store.bytes(name).length);
        assertThat(verdict.counts().nodes()).isEqualTo(NODES);
        assertThat(verdict.counts().perLabel()).containsEntry("A", (long) NODES);
        assertThat(verdict.counts().perType()).containsEntry("T", (long) NODES);
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheFirstOfSeveralFaults(Compression compression) throws IOException {
        var lines = lines();
        int first = lines.indexOf("\"nodes\": [\n") + 1;
        int relationships = lines.indexOf("\"relationships\": [\n") + 1;
        lines.set(relationships + 20_000, lines.get(relationships + 20_000).replace("\"_id\":20000", "\"_id\":19999"));
        fails(
                lines,
                compression,
                "line " + (relationships + 20_001) + ": relationship 19999 has the '_id' of an earlier one");

        lines.set(
                relationships + 100,
                lines.get(relationships + 100).replace("\"_start_id\":100", "\"_start_id\":30000"));
        fails(
                lines,
                compression,
                "line " + (relationships + 101) + ": relationship 100 starts at node 30000, which is not in the file");

        lines.set(first + 25_000, lines.get(first + 25_000).replace("\"_id\":25000", "\"_id\":7"));
        fails(lines, compression, "line " + (first + 25_001) + ": node 7 has the '_id' of an earlier one");

        lines.set(
                first + 1000,
                lines.get(first + 1000)
                        .replace("\"text\":\"a text", "\"text\":{\"$type\":\"X\",\"_value\":\"a text")
                        .replace("1000\",", "1000\"},"));
        assertThat(verdict(stored(lines, compression)).problems())
                .singleElement()
                .asString()
                .startsWith("line " + (first + 1001)
                        + ", node number 1001, property 'text': type 'X' of a value is not known");
    }

    @Test
    void tellsADuplicateAtTheLaterOfTwoLinesWhicheverThreadComesFirst() throws IOException {
        var lines = lines();
        int first = lines.indexOf("\"nodes\": [\n") + 1;
        lines.set(first, lines.get(first).replace("\"_id\":0", "\"_id\":29998"));
        var name = stored(lines, Compression.NONE);
        for (int i = 0; i < 10; i++) {
            assertThat(verdict(name).problems())
                    .containsExactly("line " + (first + NODES - 1) + ": node 29998 has the '_id' of an earlier one");
        }
    }

    @Test
    void tellsCountsThatDiffer() throws IOException {
        var lines = lines();
        int first = lines.indexOf("\"relationships\": [\n") + 1;
        lines.remove(first + 500);
        assertThat(verdict(stored(lines, Compression.ZSTD)).problems())
                .containsExactly(
                        "'relationship_count' in 'metadata' states 30000, the file holds 29999",
                        "'relationship_count' in 'statistics' states 30000, the file holds 29999",
                        "the count of type 'T' in 'statistics' states 30000, the file holds 29999");
    }

    @ParameterizedTest
    @EnumSource
    void stopsInTheMiddle(Compression compression) throws IOException {
        var name = stored(lines(), compression);
        var looks = new AtomicInteger();
        StopSignal stop = () -> {
            if (looks.incrementAndGet() > 5) {
                throw new BackupException.Cancelled("enough");
            }
        };

        assertThatThrownBy(
                        () -> new VerifyBackup(store, 3, "Episodic").run(name, Optional.empty(), stop, Progress.NONE))
                .isInstanceOf(BackupException.Cancelled.class)
                .hasMessage("enough");
    }

    private void fails(List<String> lines, Compression compression, String problem) {
        assertThat(verdict(stored(lines, compression)).problems()).containsExactly(problem);
    }
}
