package ign.backup.model;

/** A duration as Neo4j keeps it: four parts that are never converted into each other; {@code nanos} is 0 to 999 999 999. */
public record GraphDuration(long months, long days, long seconds, int nanos) {

    public GraphDuration {
        if (nanos < 0 || nanos > 999_999_999) {
            throw new IllegalArgumentException("nanoseconds of a duration are 0 to 999999999, not " + nanos);
        }
    }
}
