package ign.backup.documents;

import static java.util.Objects.requireNonNull;

import ign.backup.testkit.Golden;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** A workflow for GitHub Actions, as far as tests need it: the one service and the steps of its one job. */
record Workflow(Map<String, Object> job) {

    private static final Pattern EXPRESSION = Pattern.compile("\\$\\{\\{ (.*?) }}");

    /**
     * A step.
     *
     * @param id by which later steps speak of it; empty for none
     * @param condition when it is done; empty for as long as none has failed
     * @param run its script; null for one that uses an action
     */
    record Step(
            String name,
            String id,
            String condition,
            Map<String, String> environment,
            @Nullable String run,
            Map<String, String> with) {}

    static Workflow of(Path file) {
        var options = new LoaderOptions();
        options.setAllowDuplicateKeys(false);
        Map<String, Object> document = new Yaml(new SafeConstructor(options)).load(Golden.read(file));
        var jobs = child(document, "jobs");
        if (jobs.size() != 1) {
            throw new AssertionError("one job is expected, there are: " + jobs.keySet());
        }
        return new Workflow(child(jobs, jobs.keySet().iterator().next()));
    }

    /** {@return the environment of all steps} */
    Map<String, String> environment() {
        return texts(job.get("env"));
    }

    /** {@return the service of that name} */
    Map<String, Object> service(String name) {
        return child(child(job, "services"), name);
    }

    /** {@return the environment of that service} */
    Map<String, String> environmentOfService(String name) {
        return texts(service(name).get("env"));
    }

    @SuppressWarnings("unchecked") // what it is not, the test fails at
    List<Step> steps() {
        return ((List<Map<String, Object>>) requireNonNull(job.get("steps")))
                .stream().map(Workflow::step).toList();
    }

    private static Step step(Map<String, Object> step) {
        var run = (String) step.get("run");
        var uses = (String) step.get("uses");
        if ((run == null) == (uses == null)) {
            throw new AssertionError("a step either runs or uses something: " + step);
        }
        return new Step(
                text(step, "name", String.valueOf(uses)),
                text(step, "id", ""),
                text(step, "if", ""),
                texts(step.get("env")),
                run,
                texts(step.get("with")));
    }

    /** {@return a text with the values of its expressions} */
    static String evaluate(String text, UnaryOperator<String> values) {
        return EXPRESSION.matcher(text).replaceAll(found -> Matcher.quoteReplacement(values.apply(found.group(1))));
    }

    /** {@return the expressions in a text} */
    static List<String> expressions(String text) {
        return EXPRESSION.matcher(text).results().map(found -> found.group(1)).toList();
    }

    private static String text(Map<String, Object> map, String name, String otherwise) {
        return (String) map.getOrDefault(name, otherwise);
    }

    @SuppressWarnings("unchecked") // as above
    private static Map<String, Object> child(Map<String, Object> parent, String name) {
        return (Map<String, Object>) requireNonNull(parent.get(name), name);
    }

    @SuppressWarnings("unchecked") // as above
    private static Map<String, String> texts(@Nullable Object map) {
        return map == null ? Map.of() : new TreeMap<>((Map<String, String>) map);
    }
}
