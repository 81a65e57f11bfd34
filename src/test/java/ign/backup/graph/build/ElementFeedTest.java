package ign.backup.graph.build;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.graph.build.ElementFeed.Batch;
import ign.backup.graph.kernel.ElementCopy;
import ign.backup.model.BackupException;
import ign.backup.model.Element;
import ign.backup.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the threads that read a backup hand over arrives at those that write a store: all of it, nodes first, and in bounds. */
@Timeout(30)
class ElementFeedTest {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long MUCH = 20L << 20;

    private final ElementFeed feed = new ElementFeed();

    @Test
    void theFirstRelationshipHandsOverTheNodesOfAllReaders() {
        var visitors = new FeedingVisitors(feed);
        var first = visitors.get();
        var second = visitors.get();
        first.node(new Some(1));
        second.node(new Some(2));
        second.relationship(new Link(7));

        assertThat(ids(feed.takeNodes())).containsExactly(1L);
        assertThat(ids(feed.takeNodes())).containsExactly(2L);
        assertThat(feed.takeNodes()).isNull();
        visitors.finish();
        assertThat(requireNonNull(feed.takeRelationships()).elements()).hasSize(1);
        assertThat(feed.takeRelationships()).isNull();
    }

    @Test
    void aGraphWithoutRelationshipsEndsBoth() {
        var visitors = new FeedingVisitors(feed);
        visitors.get().node(new Some(1));
        visitors.finish();

        assertThat(ids(feed.takeNodes())).containsExactly(1L);
        assertThat(feed.takeNodes()).isNull();
        assertThat(feed.takeRelationships()).isNull();
    }

    @Test
    void whoReadsWaitsWhileMuchIsToBeWrittenAndABatchOfAnySizeFits() {
        feed.putNodes(new Batch(List.of(), 3 * MUCH));
        var reader = new Thread(() -> feed.putNodes(new Batch(List.of(), MUCH)), "reader");
        reader.start();
        Await.until("the reader to wait", LIMIT, () -> reader.getState() == Thread.State.TIMED_WAITING);

        feed.takeNodes();

        Await.until("the reader to go on", LIMIT, () -> !reader.isAlive());
    }

    @Test
    void aFailureEndsBothSides() throws InterruptedException {
        var failures = new ArrayList<Throwable>();
        var writer = new Thread(
                () -> {
                    try {
                        feed.takeRelationships();
                    } catch (BackupException e) {
                        failures.add(e);
                    }
                },
                "writer");
        writer.start();
        var reason = new BackupException.Unavailable("the disk is full", "Make room.");

        feed.fail(reason);
        feed.fail(new BackupException.Cancelled("later"));
        writer.join();

        assertThat(failures).containsExactly(reason);
        assertThatThrownBy(() -> feed.putNodes(new Batch(List.of(), 1))).isSameAs(reason);
    }

    private static List<Long> ids(@Nullable Batch batch) {
        return batch == null
                ? List.of()
                : batch.elements().stream()
                        .map(element -> ((ElementCopy.OfNode) element).id)
                        .toList();
    }

    private record Some(long id) implements Element.Node {

        @Override
        public int propertyCount() {
            return 0;
        }

        @Override
        public String key(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public Object value(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public int labelCount() {
            return 0;
        }

        @Override
        public String label(int index) {
            throw new IndexOutOfBoundsException(index);
        }
    }

    private record Link(long id) implements Element.Relationship {

        @Override
        public int propertyCount() {
            return 0;
        }

        @Override
        public String key(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public Object value(int index) {
            throw new IndexOutOfBoundsException(index);
        }

        @Override
        public String type() {
            return "T";
        }

        @Override
        public long startId() {
            return 1;
        }

        @Override
        public long endId() {
            return 2;
        }
    }
}
