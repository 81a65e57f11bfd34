package ign.backup.metrics;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/** Families of metrics while they are put together for one scrape; one without a value is left out. */
final class Families {

    private final List<MetricSnapshot> all = new ArrayList<>();

    /** A number that goes up and down; times in seconds since 1970. */
    void gauge(String name, String help, OptionalDouble value) {
        gauges(name, help, value.isPresent() ? Map.of(Labels.EMPTY, value.getAsDouble()) : Map.of());
    }

    /** One such number for each value of a label. */
    void gauges(String name, String help, String label, Map<String, Double> values) {
        var labelled = new HashMap<Labels, Double>();
        values.forEach((labelValue, value) -> labelled.put(Labels.of(label, labelValue), value));
        gauges(name, help, labelled);
    }

    /** One such number for each set of labels. */
    void gauges(String name, String help, Map<Labels, Double> values) {
        var points = values.entrySet().stream()
                .map(point -> GaugeDataPointSnapshot.builder()
                        .labels(point.getKey())
                        .value(point.getValue())
                        .build())
                .toList();
        var family = GaugeSnapshot.builder().name(name).help(help);
        points.forEach(family::dataPoint);
        all.add(family.build());
    }

    /**
     * Numbers that only grow.
     *
     * @param name without {@code _total} at its end, which the text gets
     */
    void counters(String name, String help, Map<Labels, Double> values) {
        var points = values.entrySet().stream()
                .map(point -> CounterDataPointSnapshot.builder()
                        .labels(point.getKey())
                        .value(point.getValue())
                        .build())
                .toList();
        var family = CounterSnapshot.builder().name(name).help(help);
        points.forEach(family::dataPoint);
        all.add(family.build());
    }

    /** {@return all of them in Prometheus' text format} */
    String text() {
        var bytes = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create()
                    .write(bytes, new MetricSnapshots(all), EscapingScheme.UNDERSCORE_ESCAPING);
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory cannot fail", e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
