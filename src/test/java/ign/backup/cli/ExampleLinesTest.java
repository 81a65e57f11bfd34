package ign.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** Every line of the examples that calls the command line says something that it understands, also where no test executes it. */
class ExampleLinesTest {

    private static final Pattern CALL = Pattern.compile("(?:^|[ (])ign backup (.*)");
    private static final Pattern WORD = Pattern.compile("\"[^\"]*\"|'[^']*'|[^\\s\"'<>|&;()]+|[<>|&;)]");

    /** A call, and where it stands. */
    record Line(String place, List<String> words) {

        @Override
        public String toString() {
            return place;
        }
    }

    static List<Line> lines() throws IOException {
        var lines = new ArrayList<Line>();
        try (Stream<Path> files = Files.walk(Path.of("examples"))) {
            for (var file : files.filter(ExampleLinesTest::isProgram).sorted().toList()) {
                var all = Files.readAllLines(file);
                for (int i = 0; i < all.size(); i++) {
                    var call = CALL.matcher(all.get(i));
                    if (!all.get(i).strip().startsWith("#") && call.find()) {
                        lines.add(new Line(file + ":" + (i + 1), words(call.group(1))));
                    }
                }
            }
        }
        return lines;
    }

    private static boolean isProgram(Path file) {
        return file.toString().matches(".*\\.(sh|yml)|.*Dockerfile");
    }

    /** {@return the words up to the end of the command; what a script passes on from its own arguments is not among them} */
    private static List<String> words(String text) {
        return WORD.matcher(text)
                .results()
                .map(found -> found.group())
                .takeWhile(word -> !word.matches("[<>|&;)]"))
                .filter(word -> !word.equals("\"$@\""))
                .map(word -> word.replaceAll("^[\"']|[\"']$", ""))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("lines")
    void isUnderstood(Line line) {
        var parsed = new CommandLine(new BackupGroup())
                .setAbbreviatedOptionsAllowed(false)
                .parseArgs(line.words().toArray(String[]::new));

        assertThat(parsed.hasSubcommand()).isTrue();
    }

    @Test
    void thereAreSome() throws IOException {
        assertThat(lines())
                .extracting(line -> String.join(" ", line.words()))
                .contains(
                        "create --tier $tier --reason backup.sh $tier",
                        "create --reason $REASON --tier pre-upgrade --pin --json",
                        "restore --file $FILE --confirm");
    }
}
