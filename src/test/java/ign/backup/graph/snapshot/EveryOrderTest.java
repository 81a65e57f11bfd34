package ign.backup.graph.snapshot;

import static ign.backup.graph.snapshot.Scene.EXACT;
import static ign.backup.graph.snapshot.Scene.WRONG;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.graph.snapshot.EveryOrder.Tried;
import ign.backup.graph.snapshot.EveryOrder.Use;
import ign.backup.graph.snapshot.ModelStore.Content;
import ign.backup.graph.snapshot.ModelStore.Place;
import ign.backup.graph.snapshot.Scene.Fault;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The rules of the snapshot under every order of the steps of a scan and of commits beside it: what comes out is what was there when
 * the snapshot began, or nothing.
 *
 * <p>The last tests break the rules on purpose, to show that this would find it.
 */
@Timeout(100)
class EveryOrderTest {

    private static final String OVERTAKEN = "Overtaken";
    private static final Place A = new Place(Kind.NODE, 1);
    private static final Place B = new Place(Kind.NODE, 2);
    private static final Place C = new Place(Kind.NODE, 3);
    private static final Place FROM_A_TO_B = new Place(Kind.RELATIONSHIP, 1);

    private final Scene.Ids ids = new Scene.Ids();
    private final Map<Place, Content> before = new HashMap<>();
    private final List<List<ModelTransaction>> writers = new ArrayList<>();
    private boolean begun = true;

    @Test
    void aNodeIsChanged() {
        given(A, B);
        writer(transaction().change(A, 31, 32));

        assertExact(play());
    }

    @Test
    void aLabelIsAllThatIsChanged() {
        given(A, B);
        writer(transaction().change(A, 31, contentOf(A).second()));

        assertExact(play());
    }

    @Test
    void anIdIsUsedAgain() {
        given(A);
        writer(
                transaction().delete(A),
                transaction().create(A, 31, 32),
                transaction().delete(A));

        assertExact(play());
    }

    @Test
    void anIdIsUsedAgainBySomebodyElse() {
        given(A);
        writer(transaction().delete(A));
        writer(transaction().create(A, 41, 42));

        assertExact(play());
    }

    @Test
    void aNewNodeComesAndGoesWhereTheScanPasses() {
        given(C);
        writer(transaction().create(B, 31, 32), transaction().delete(B));

        assertExact(play());
    }

    @Test
    void aRelationshipGoesWhenItsStartWasScanned() {
        given(A, B, FROM_A_TO_B);
        writer(transaction().delete(FROM_A_TO_B).delete(A));

        assertExact(play());
    }

    @Test
    void aCommitFailsAfterAllListenersWereAsked() {
        given(A, B);
        writer(transaction().change(A, 31, 32).delete(B).fail(), transaction().change(A, 33, 34));

        assertExact(play());
    }

    @Test
    void aCommitIsMadeWithinAnother() {
        given(A, B);
        writer(transaction().change(A, 31, 32).within(transaction().change(B, 33, 34)));

        assertExact(play());
    }

    @Test
    void anotherListenerChangesMoreAfterOurs() {
        given(A, B);
        writer(transaction().change(A, 31, 32).afterOurs().change(B, 33, 34));

        assertThat(play().count()).containsOnlyKeys(EXACT, OVERTAKEN);
    }

    @Test
    void anotherListenerCreatesAndDeletesAfterOurs() {
        given(A, C);
        writer(transaction().change(A, 31, 32).afterOurs().create(B, 33, 34).delete(C));

        assertThat(play().count()).containsOnlyKeys(EXACT, OVERTAKEN);
    }

    @Test
    void anotherListenerChangesMoreAndItDoesNotCommit() {
        given(A, B);
        writer(transaction().change(A, 31, 32).afterOurs().change(B, 33, 34).fail());

        assertExact(play());
    }

    @Test
    void commitsAreUnderWayWhenItBegins() {
        given(A, B);
        begun = false;
        writer(transaction().change(A, 31, 32).change(B, 33, 34));

        assertExact(play());
    }

    @Test
    void commitsOfTwoAreUnderWayWhenItBegins() {
        given(A);
        begun = false;
        writer(transaction().change(A, 31, 32));
        writer(transaction().change(A, 41, 42));

        assertExact(play());
    }

    @Test
    void oneTransactionChangesEverything() {
        var five = new Place(Kind.NODE, 5);
        given(A, B, C, five);
        writer(transaction()
                .create(new Place(Kind.NODE, 4), 30, 30)
                .change(A, 31, 32)
                .delete(B)
                .change(C, 33, 34)
                .delete(five));

        assertExact(play());
    }

    @Test
    void twoWritersChangeTheSameOneAfterTheOther() {
        given(A);
        int same = contentOf(A).second();
        writer(transaction().change(A, 31, same), transaction().change(A, 32, same));
        writer(transaction().change(A, 41, same));

        assertExact(play());
    }

    @Test
    void threeWriters() {
        given(A);
        int same = contentOf(A).second();
        writer(transaction().change(A, 31, same));
        writer(transaction().change(A, 41, same).fail());
        writer(transaction().delete(A));

        assertExact(play());
    }

    @Test
    void aScanIsCancelled() {
        given(A, B);
        writer(transaction().change(B, 31, 32));

        assertThat(play(Fault.IS_CANCELLED).count()).containsOnlyKeys(EXACT, "Cancelled");
    }

    @Test
    void oldStatesCannotBeRead() {
        given(A, B);
        writer(transaction().change(A, 31, 32), transaction().change(B, 33, 34));

        assertThat(play(Fault.CANNOT_READ).count()).containsOnlyKeys(EXACT, "Defect");
    }

    @Test
    void oldStatesCannotBeKept() {
        given(A, B);
        writer(transaction().change(A, 31, 32), transaction().change(B, 33, 34));

        assertThat(play(Fault.CANNOT_KEEP).count()).containsOnlyKeys(EXACT, "Unavailable");
    }

    @ParameterizedTest
    @EnumSource(names = {"TAKES_FIRST", "TELLS_LATE", "CLOSES_AT_ONCE"})
    void findsWhatIsWrong(Fault fault) {
        given(A, B);
        writer(transaction().change(A, 31, 32));

        assertFindsWrong(play(fault));
    }

    @Test
    void findsThatCommitsFromBeforeAreStillUnderWay() {
        given(A);
        begun = false;
        writer(transaction().change(A, 31, 32));

        assertFindsWrong(play(Fault.BEGINS_AT_ONCE));
    }

    /** What another listener did may have been scanned, and taken by the scan, before anybody can know of it. */
    @Test
    void findsThatNobodyWaitsForTheVerdictOfCommits() {
        given(A, B);
        writer(transaction().change(A, 31, 32).afterOurs().change(B, 33, 34));

        assertFindsWrong(play(Fault.ENDS_AT_ONCE));
    }

    /** Two actors with three steps each: 6! / (3! 3!). */
    @Test
    void everyOrderIsTriedOnce() {
        assertThat(sixSteps(Use.alone("it"))).isEqualTo(20);
        assertThat(sixSteps(Use.shared("it"))).isEqualTo(1);
    }

    private static int sixSteps(Use use) {
        return EveryOrder.of(order -> {
                    Runnable three = () -> {
                        order.step(use);
                        order.step(use);
                        order.step(use);
                    };
                    return new EveryOrder.Play() {
                        @Override
                        public List<Runnable> actors() {
                            return List.of(three, three);
                        }

                        @Override
                        public String outcome() {
                            return EXACT;
                        }
                    };
                })
                .orders();
    }

    private static ModelTransaction transaction() {
        return new ModelTransaction();
    }

    private void given(Place... places) {
        for (var place : places) {
            int number = 10 * (before.size() + 1);
            before.put(place, new Content(number, number + 1));
        }
    }

    private void writer(ModelTransaction... transactions) {
        writers.add(List.of(transactions));
    }

    private Tried play(Fault... faults) {
        Set<Fault> some = EnumSet.noneOf(Fault.class);
        some.addAll(List.of(faults));
        var script = new Scene.Script(before, writers, some, begun);
        return EveryOrder.of(order -> new Scene(order, script, ids));
    }

    private Content contentOf(Place place) {
        return requireNonNull(before.get(place));
    }

    private static void assertExact(Tried tried) {
        assertThat(tried.count()).as("%s", tried.example()).containsOnlyKeys(EXACT);
        assertThat(tried.orders()).isGreaterThan(1);
    }

    private static void assertFindsWrong(Tried tried) {
        assertThat(tried.count()).containsKeys(EXACT, WRONG);
    }
}
