package ign.backup.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;

/**
 * The n-th transaction of a writer. All that it does follows from these two numbers, so the graph after any set of transactions
 * can be foretold.
 *
 * @param writer from 0
 * @param n from 1
 */
record Step(int writer, int n) {

    /** So many of its last logs and pairs of relationships has a writer; each transaction adds one and removes one. */
    static final int KEPT = 20;

    static final int LAMPS = 8;
    static final int TEXTS = 3;

    /** A place that money is taken from or brought to; {@code index} of an account or of a debt. */
    record Booking(int index, long amount) {}

    /** What one transaction moves: the amounts of both lists together are zero. Sorted, so that writers wait in one order. */
    record Bookings(List<Booking> accounts, List<Booking> debts) {}

    Bookings bookings() {
        var random = new Random(writer * 1_000_003L + n);
        long toAccount = 1L + random.nextInt(100);
        long toDebt = 1L + random.nextInt(100);
        long betweenDebts = 1L + random.nextInt(100);
        var accounts = new TreeMap<Integer, Long>();
        add(accounts, random.nextInt(Bank.ACCOUNTS), -toAccount - toDebt);
        add(accounts, random.nextInt(Bank.ACCOUNTS), toAccount);
        var debts = new TreeMap<Integer, Long>();
        add(debts, random.nextInt(Bank.ACCOUNTS), toDebt - betweenDebts);
        add(debts, random.nextInt(Bank.ACCOUNTS), betweenDebts);
        return new Bookings(list(accounts), list(debts));
    }

    private static void add(Map<Integer, Long> amounts, int index, long amount) {
        amounts.merge(index, amount, Long::sum);
    }

    private static List<Booking> list(Map<Integer, Long> amounts) {
        List<Booking> bookings = new ArrayList<>();
        amounts.forEach((index, amount) -> bookings.add(new Booking(index, amount)));
        return bookings;
    }

    /** {@return whether both counters go up by one; not always, since it makes writers wait for each other} */
    boolean counts() {
        return n % 4 == 1;
    }

    /** {@return which pair of nodes gets or loses its label} */
    int lamp() {
        return n % LAMPS;
    }

    /** {@return whether it gets the label} */
    boolean lights() {
        return n / LAMPS % 2 == 0;
    }

    /** {@return whether a pair of large texts, and the text of the relationship between them, is replaced} */
    boolean writesText() {
        return n % 4 == 0;
    }

    /** {@return which pair of texts} */
    int text() {
        return n / 4 % TEXTS;
    }

    /** {@return the new text: from a few bytes, which stand in the record, to many blocks of the store} */
    String content() {
        var beginning = "text " + n + " of writer " + writer + " ";
        return beginning + "abcdefghij".repeat(n * 7919 % 1200);
    }

    /** {@return the new list of numbers} */
    List<Long> numbers() {
        return LongStream.range(0, 40 + n % 300).map(i -> i * n).boxed().toList();
    }

    /** {@return the transaction whose log and relationships are removed, from 1 on when there is one} */
    int forgotten() {
        return n - KEPT;
    }
}
