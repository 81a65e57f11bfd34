package ign.backup.format;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.codec.Codecs;
import ign.backup.model.Compression;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
@Tag("promise-B7")
class RandomGraphTest {

    private static final int GRAPHS = 200;

    @Test
    void everyRandomGraphComesBack() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            var graph = RandomGraph.of(seed);
            var codec = Codecs.of(List.of(Compression.values()).get((int) (seed % 3)));

            var read = Documents.read(
                    codec.unpack(Documents.write(graph, codec, 1000).open()));

            assertThat(read.lines()).as("seed " + seed).isEqualTo(graph.lines());
        }
    }

    @Test
    void threeGenerationsAreTheSameBytes() {
        for (long seed = 1; seed <= GRAPHS; seed++) {
            var first = Documents.write(RandomGraph.of(seed));
            var second = Documents.write(Documents.read(first.open()));
            var third = Documents.write(Documents.read(second.open()));

            // Between the first and the second the order of properties is the reader's.
            assertThat(third.text()).as("seed " + seed).isEqualTo(second.text());
            assertThat(second.size()).as("seed " + seed).isEqualTo(first.size());
        }
    }
}
