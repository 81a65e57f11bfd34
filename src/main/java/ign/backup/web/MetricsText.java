package ign.backup.web;

/** The metrics of this moment. */
@FunctionalInterface
public interface MetricsText {

    /** {@return them in Prometheus' text format} */
    String text();
}
