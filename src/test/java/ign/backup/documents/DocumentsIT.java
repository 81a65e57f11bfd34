package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.documents.Markdown.Block;
import ign.backup.documents.Scene.Outcome;
import ign.backup.testkit.InTurn;
import ign.backup.testkit.Neo4jVersion;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Executes every block of Cypher and shell on the pages, page by page and in order, against a real server with the packaged plugin.
 *
 * <p>A block must succeed. One marked {@code refused} must not: an error, or a row that says {@code success: false}. A block {@code text
 * output} after it stands for what it says: each of its lines must be found there, with {@code …} for anything.
 */
@Timeout(600)
class DocumentsIT {

    @ParameterizedTest
    @EnumSource
    void thePagesDoWhatTheySay(Neo4jVersion version) {
        version.assumeAvailable();
        var faults = new ArrayList<String>();
        int executed = 0;
        try (var scene = new Scene(version)) {
            for (var page : pagesOf(version)) {
                var blocks = Markdown.of(page).blocks();
                if (blocks.stream().anyMatch(DocumentsIT::isExecuted)) {
                    scene.loadSample();
                    faults.addAll(faultsOf(scene, blocks));
                    executed += (int)
                            blocks.stream().filter(DocumentsIT::isExecuted).count();
                }
            }
        }
        assertThat(faults).isEmpty();
        assertThat(executed).as("executed blocks").isGreaterThan(30);
    }

    /** The README is for each version; of the others, which take minutes, each version has its turn. */
    private static List<Path> pagesOf(Neo4jVersion version) {
        var pages = Markdown.pages();
        return pages.stream()
                .filter(page ->
                        page.equals(Path.of("README.md")) || InTurn.Versions.isTurnOf(version, pages.indexOf(page)))
                .toList();
    }

    private static boolean isExecuted(Block block) {
        return block.language().equals("cypher") || block.language().equals("shell");
    }

    private static List<String> faultsOf(Scene scene, List<Block> blocks) {
        var faults = new ArrayList<String>();
        var last = new Outcome(0, "");
        for (var block : blocks) {
            if (isExecuted(block)) {
                last = scene.execute(block);
                if (last.failed() != block.mark().equals("refused")) {
                    faults.add(block + (last.failed() ? " failed: " : " should have been refused: ") + last);
                }
            } else if (block.mark().equals("output")) {
                faults.addAll(missing(block, last.said()));
            }
        }
        return faults;
    }

    private static List<String> missing(Block expected, String said) {
        return expected.text()
                .lines()
                .filter(line -> !pattern(line).matcher(said).find())
                .map(line -> expected + " expects '" + line + "' in: " + said)
                .toList();
    }

    private static Pattern pattern(String line) {
        return Pattern.compile(
                Arrays.stream(line.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
    }
}
