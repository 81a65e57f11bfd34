package ign.backup.proof;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The graph after the first {@code n} transactions of each writer. The order among writers does not matter: what two of them
 * change are sums.
 */
final class Expectation {

    private final GraphImage graph;
    private final int[] done;

    Expectation(int writers) {
        graph = Bank.atFirst(writers);
        done = new int[writers];
    }

    /** {@return the graph after so many transactions of each writer, which are not fewer than when last asked} */
    GraphImage after(List<Integer> transactions) {
        for (int writer = 0; writer < done.length; writer++) {
            int n = transactions.get(writer);
            if (n < done[writer]) {
                throw new AssertionError("there are " + n + " transactions of writer " + writer + ", and there were "
                        + done[writer] + " before");
            }
            while (done[writer] < n) {
                done[writer]++;
                apply(new Step(writer, done[writer]));
            }
        }
        return graph;
    }

    private void apply(Step step) {
        int writer = step.writer();
        int n = step.n();
        set(graph.nodes(), Bank.writer(writer), "n", before -> (long) n);
        log(step);
        for (var side : Bank.sides()) {
            relationship(
                    side, Bank.pair(writer, n, side), Bank.post(writer, side), Bank.lamp(writer, step.lamp(), side));
            light(Bank.lamp(writer, step.lamp(), side), step.lights());
            if (step.writesText()) {
                var text = Bank.text(writer, step.text(), side);
                set(graph.nodes(), text, "content", before -> step.content());
                set(graph.nodes(), text, "numbers", before -> step.numbers());
            }
            if (step.counts()) {
                set(graph.nodes(), "counter-" + side, "value", before -> (long) before + 1);
            }
        }
        if (step.writesText()) {
            set(graph.relationships(), Bank.note(writer, step.text()), "content", before -> step.content());
        }
        var bookings = step.bookings();
        for (var booking : bookings.accounts()) {
            set(graph.nodes(), Bank.account(booking.index()), "balance", before -> (long) before + booking.amount());
        }
        for (var booking : bookings.debts()) {
            set(
                    graph.relationships(),
                    Bank.debt(booking.index()),
                    "balance",
                    before -> (long) before + booking.amount());
        }
    }

    private void log(Step step) {
        int writer = step.writer();
        var log = Bank.log(writer, step.n());
        graph.addNode(List.of("Thing", "Log"), Map.of(GraphImage.KEY, log, "n", (long) step.n()));
        relationship("wrote", "wrote-" + log, Bank.writer(writer), log);
        relationship("in", "in-" + log, log, "hub");
        if (step.forgotten() > 0) {
            var old = Bank.log(writer, step.forgotten());
            graph.nodes().remove(old);
            graph.relationships().remove("wrote-" + old);
            graph.relationships().remove("in-" + old);
            Bank.sides().forEach(side -> graph.relationships().remove(Bank.pair(writer, step.forgotten(), side)));
        }
    }

    private void relationship(String type, String key, String start, String end) {
        graph.addRelationship(type, start, end, Map.of(GraphImage.KEY, key));
    }

    private void light(String lamp, boolean lights) {
        var labels = lights ? List.of("Lamp", "On", "Thing") : List.of("Lamp", "Thing");
        set(graph.nodes(), lamp, GraphImage.LABELS, before -> labels);
    }

    private static void set(
            Map<String, Map<String, Object>> elements, String key, String property, UnaryOperator<Object> change) {
        var element = new HashMap<>(requireNonNull(elements.get(key), key));
        element.put(property, change.apply(requireNonNull(element.get(property))));
        elements.put(key, element);
    }
}
