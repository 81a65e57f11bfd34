package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import ign.backup.model.BackupException;
import ign.backup.model.ErrorCode;
import ign.backup.operation.CompareBackups.Comparison;
import ign.backup.operation.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ign backup diff}; needs no server. */
@Command(
        name = "diff",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        header = "Hold two backup files against each other: bytes, counts and episodes.",
        description = "Needs no server. Ends with exit code 4 when they differ, and with 14 when one is damaged.",
        footer = {"", "Example:", "  ign backup diff fullbackup/a.json /mnt/mirror/a.json"})
final class DiffCommand implements Callable<Integer> {

    private static final int MOST_EPISODES = 20;

    @Parameters(index = "0", paramLabel = "A", description = "Path to a backup file.")
    private String one = "";

    @Parameters(index = "1", paramLabel = "B", description = "Path to another.")
    private String other = "";

    @Mixin
    private final Output output = new Output();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        var comparison = local(one).compare(local(other));
        output.one(answer(comparison), lines(comparison), Ign.terminal(spec));
        if (!comparison.one().valid() || !comparison.other().valid()) {
            return ErrorCode.DAMAGED.exitCode();
        }
        return (comparison.alike() ? ErrorCode.OK : ErrorCode.ALARM).exitCode();
    }

    private static LocalBackup local(String path) {
        return LocalBackup.at(path)
                .orElseThrow(() -> new BackupException.NotFound(
                        "there is no file '" + path + "'", "Give the paths of two backups."));
    }

    private static List<String> lines(Comparison found) {
        var lines = new ArrayList<String>();
        lines.add("A " + line(found.one()));
        lines.add("B " + line(found.other()));
        lines.add(found.sameBytes() ? "The same bytes." : "Different bytes.");
        found.counts()
                .forEach((what, count) -> lines.add(
                        "  " + what + ": " + People.count(count.one()) + " and " + People.count(count.other())));
        lines.addAll(episodes("A", found.episodesOnlyInOne()));
        lines.addAll(episodes("B", found.episodesOnlyInOther()));
        if (found.alike() && !found.sameBytes()) {
            lines.add("As many of everything, and the same episodes.");
        }
        return lines;
    }

    private static String line(Verdict verdict) {
        return verdict.name() + ": " + verdict.message() + ", SHA-256 " + verdict.sha256();
    }

    private static List<String> episodes(String side, NavigableSet<String> only) {
        var lines = new ArrayList<String>();
        if (!only.isEmpty()) {
            lines.add("Only in " + side + ": " + People.count(only.size()) + " episodes");
            only.stream().limit(MOST_EPISODES).forEach(uuid -> lines.add("  " + uuid));
            if (only.size() > MOST_EPISODES) {
                lines.add("  …");
            }
        }
        return lines;
    }

    private static Answer answer(Comparison found) {
        var counts = new LinkedHashMap<String, Object>();
        found.counts().forEach((what, count) -> counts.put(what, List.of(count.one(), count.other())));
        var values = new LinkedHashMap<String, @Nullable Object>();
        values.put("alike", found.alike());
        values.put("same_bytes", found.sameBytes());
        values.put("a", side(found.one()));
        values.put("b", side(found.other()));
        values.put("counts", counts);
        values.put("episodes_only_in_a", List.copyOf(found.episodesOnlyInOne()));
        values.put("episodes_only_in_b", List.copyOf(found.episodesOnlyInOther()));
        return new Answer(List.copyOf(values.keySet()), List.of(new Row(values)));
    }

    private static Map<String, Object> side(Verdict verdict) {
        return Map.of(
                "file", verdict.name().value(),
                "valid", verdict.valid(),
                "sha256", verdict.sha256().hex(),
                "problems", verdict.problems());
    }
}
