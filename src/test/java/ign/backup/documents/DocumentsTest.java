package ign.backup.documents;

import static org.assertj.core.api.Assertions.assertThat;

import ign.backup.documents.Markdown.Block;
import ign.backup.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What can be said about the pages without a server.
 *
 * <p>The first word of a fence says what becomes of the block: {@code cypher} and {@code shell} are executed by {@link DocumentsIT},
 * {@code bash} is for machines that a test does not have, so it is only parsed, and {@code text} is to be read.
 */
@Timeout(60)
class DocumentsTest {

    /** It describes a grammar and has a test of its own. */
    private static final Path FORMAT_PAGE = Path.of("docs/format.md");

    static List<Path> pages() {
        return Markdown.pages();
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyLinkLeadsSomewhere(Path page) {
        var markdown = Markdown.of(page);
        for (var link : markdown.links()) {
            var parts = (link + "#").split("#", -1);
            var target =
                    parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
            assertThat(target).as("link '%s' in %s", link, page).exists();
            if (!parts[1].isEmpty()) {
                assertThat(Markdown.of(target).anchors())
                        .as("link '%s' in %s", link, page)
                        .contains(parts[1]);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyBlockSaysWhatItIs(Path page) {
        if (page.equals(FORMAT_PAGE)) {
            return;
        }
        assertThat(Markdown.of(page).blocks()).allSatisfy(block -> {
            assertThat(block.language()).as("%s", block).isIn("cypher", "shell", "bash", "text");
            assertThat(block.mark())
                    .as("%s", block)
                    .isIn("text".equals(block.language()) ? List.of("", "output") : List.of("", "refused"));
        });
    }

    @ParameterizedTest
    @MethodSource("pages")
    void everyShellBlockCanBeParsed(Path page) throws IOException, InterruptedException {
        for (var block : Markdown.of(page).blocks()) {
            if (List.of("shell", "bash").contains(block.language())) {
                assertThat(parse(block.text())).as("%s", block).isEmpty();
                assertThat(block.text().lines()).as("%s", block).noneMatch(line -> line.matches(".*\\\\\\s+$"));
            }
        }
    }

    @Test
    void everyPageIsInTheIndex() {
        var index = Markdown.of(Path.of("docs/README.md"));
        var linked = index.links().stream()
                .map(link -> Path.of("docs").resolve(link).normalize())
                .toList();

        assertThat(linked)
                .containsAll(Markdown.pages().stream()
                        .filter(page -> !page.equals(index.file()) && page.startsWith("docs"))
                        .toList());
    }

    @Test
    void aLicenceAndAReadmeAreThere() throws IOException {
        assertThat(Files.readString(Path.of("LICENSE"))).contains("Apache License");
        assertThat(Markdown.of(Path.of("README.md")).blocks().stream()
                        .filter(block -> block.language().equals("bash"))
                        .map(Block::text))
                .contains("examples/quickstart.sh\n", "mvn verify\n");
    }

    /** {@return what bash has against a script; it runs nothing} */
    private static String parse(String script) throws IOException, InterruptedException {
        var process = new ProcessBuilder("bash", "-n").redirectErrorStream(true).start();
        try (var in = process.getOutputStream()) {
            in.write(script.getBytes(StandardCharsets.UTF_8));
        }
        var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        return process.exitValue() == 0 ? "" : "exit code " + process.exitValue() + ": " + said;
    }

    static Stream<Path> scripts() throws IOException {
        return Examples.files().stream().filter(file -> file.toString().endsWith(".sh"));
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void everyExampleScriptIsStrict(Path script) throws IOException, InterruptedException {
        var text = Files.readString(script);

        assertThat(parse(text)).isEmpty();
        assertThat(text).startsWith("#!/usr/bin/env bash\n").contains("\nset -euo pipefail\n");
        assertThat(script).isExecutable();
    }

    static Stream<Path> modules() throws IOException {
        return Examples.files().stream().filter(file -> file.toString().endsWith(".py"));
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyExampleInPythonCanBeCompiled(Path module, @TempDir Path folder) {
        Program.assumeAnswers("python3", "--version");
        Program.run(
                        Path.of(""),
                        Map.of("PYTHONPYCACHEPREFIX", folder.toString()),
                        "python3",
                        "-W",
                        "error",
                        "-m",
                        "py_compile",
                        module.toString())
                .expectSuccess();
    }
}
