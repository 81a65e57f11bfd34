package ign.backup.probe.graphiti;

import java.util.SplittableRandom;
import java.util.UUID;

/** The one stream of random numbers that a graph is made of, in the shapes it needs. */
final class Dice {

    private static final String[] WORDS =
            ("the a of and to in that was with for on as at by from she he they we team project meeting plan data "
                            + "customer city week report budget review product order wants likes moved works")
                    .split(" ", -1);

    private final SplittableRandom random;

    Dice(long seed) {
        random = new SplittableRandom(seed);
    }

    boolean chance(double probability) {
        return random.nextDouble() < probability;
    }

    /** {@return a number from 0 to below the bound} */
    int below(int bound) {
        return random.nextInt(bound);
    }

    double share() {
        return random.nextDouble();
    }

    /** {@return a number of events, by multiplying: meant for means of some dozens} */
    int poisson(double mean) {
        double limit = Math.exp(-mean);
        int events = -1;
        for (double product = 1; product > limit; product *= random.nextDouble()) {
            events++;
        }
        return events;
    }

    /** {@return a version-4 UUID} */
    UUID uuid() {
        long high = (random.nextLong() & ~0xF000L) | 0x4000L;
        long low = (random.nextLong() & ~0xC000_0000_0000_0000L) | 0x8000_0000_0000_0000L;
        return new UUID(high, low);
    }

    /** {@return sentences of common words, log-normal in length, at least one character} */
    String text(double median, double sigma, int most) {
        double length = median * Math.exp(sigma * random.nextGaussian());
        return text((int) Math.max(1, Math.min(most, Math.round(length))));
    }

    /** {@return sentences of common words, cut to this length} */
    String text(int length) {
        var text = new StringBuilder(length + 12);
        while (text.length() < length) {
            text.append(WORDS[below(WORDS.length)]).append(below(7) == 0 ? ". " : " ");
        }
        text.setLength(length);
        return text.toString();
    }

    /** {@return a direction: as long as 1, and all digits of its numbers are noise} */
    float[] vector(int dimensions) {
        var numbers = new double[dimensions];
        double squares = 0;
        for (int i = 0; i < dimensions; i++) {
            numbers[i] = random.nextGaussian();
            squares += numbers[i] * numbers[i];
        }
        double length = Math.sqrt(squares);
        var vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) (numbers[i] / length);
        }
        return vector;
    }
}
