package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text in Prometheus' format 0.0.4, read as its specification says, and more strictly than Prometheus does: each family has a help
 * and a type, in this order and before its samples, which stand together; nothing comes twice; counters end in {@code _total}.
 *
 * @param samples by name and labels, as in {@code neo4j_backup_success{tier="daily"}}, labels in the order of their names
 * @param types by name
 */
public record PrometheusText(Map<String, Double> samples, Map<String, String> types) {

    private static final String NAME = "[a-zA-Z_:][a-zA-Z0-9_:]*";
    private static final Pattern HELP = Pattern.compile("# HELP (" + NAME + ") ((?:[^\\\\]|\\\\\\\\|\\\\n)+)");
    private static final Pattern TYPE = Pattern.compile("# TYPE (" + NAME + ") (counter|gauge)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*)\"(,|$)");
    private static final Pattern SAMPLE =
            Pattern.compile("(" + NAME + ")(?:\\{(.*)})? ([-+]?[0-9.]+(?:[eE][-+]?[0-9]+)?|NaN|[-+]Inf)");

    /** {@return what the text says; an error when it is not as it should be} */
    public static PrometheusText of(String text) {
        var reader = new Reader();
        assertThat(text).endsWith("\n");
        text.lines().forEach(reader::line);
        return new PrometheusText(Map.copyOf(reader.samples), Map.copyOf(reader.types));
    }

    /** {@return the value of a sample} */
    public OptionalDouble value(String sample) {
        var value = samples.get(sample);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    /** {@return the value of a sample that must be there} */
    public double require(String sample) {
        return value(sample).orElseThrow(() -> new AssertionError("no '" + sample + "' in " + samples));
    }

    private static final class Reader {
        private final Map<String, Double> samples = new HashMap<>();
        private final Map<String, String> types = new HashMap<>();
        private final Set<String> helped = new HashSet<>();
        private @Nullable String family;

        void line(String line) {
            var help = HELP.matcher(line);
            var type = TYPE.matcher(line);
            if (help.matches()) {
                family = help.group(1);
                assertThat(helped.add(family)).as("the first '%s'", line).isTrue();
            } else if (type.matches()) {
                assertThat(type.group(1)).as(line).isEqualTo(family);
                assertThat(types.put(type.group(1), type.group(2))).as(line).isNull();
                assertThat(type.group(1).endsWith("_total"))
                        .as(line)
                        .isEqualTo(type.group(2).equals("counter"));
            } else {
                sample(line);
            }
        }

        private void sample(String line) {
            var sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as("a sample: %s", line).isTrue();
            var name = sample.group(1);
            assertThat(name).as("the family of %s", line).isEqualTo(family);
            assertThat(types).as(line).containsKey(name);
            var labels = sample.group(2) == null ? "" : labels(sample.group(2));
            double value = Double.parseDouble(sample.group(3).replace("Inf", "Infinity"));
            assertThat(samples.put(name + labels, value))
                    .as("the first %s", line)
                    .isNull();
        }

        private static String labels(String text) {
            var found = new TreeMap<String, String>();
            var label = LABEL.matcher(text);
            int end = 0;
            while (label.lookingAt()) {
                assertThat(found.put(label.group(1), label.group(2))).as(text).isNull();
                end = label.end();
                label.region(end, text.length());
            }
            assertThat(end).as("labels '%s'", text).isEqualTo(text.length()).isPositive();
            var all = new StringBuilder();
            found.forEach((name, value) -> all.append(all.isEmpty() ? "{" : ",")
                    .append(name)
                    .append("=\"")
                    .append(value)
                    .append('"'));
            return all.append('}').toString();
        }
    }
}
