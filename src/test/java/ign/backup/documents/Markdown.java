package ign.backup.documents;

import ign.backup.testkit.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A page, taken apart as far as tests need it. */
record Markdown(Path file, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("(?<!`)\\[[^\\]`]+\\]\\(([^)\\s]+)\\)");
    private static final String FENCE = "```";

    /**
     * A fenced block.
     *
     * @param language the first word of the fence
     * @param mark the second word, or empty
     * @param line where it begins, from 1
     */
    record Block(Path file, int line, String language, String mark, String text) {

        @Override
        public String toString() {
            return file + ":" + line + " (" + (language + " " + mark).strip() + ")";
        }
    }

    /** {@return README, changelog, and all pages of docs and examples, in the order in which they are executed} */
    static List<Path> pages() {
        var pages = new ArrayList<>(List.of(Path.of("README.md"), Path.of("CHANGELOG.md")));
        try (Stream<Path> docs = Files.walk(Path.of("docs"))) {
            Stream.concat(docs.sorted(), Examples.files().stream())
                    .filter(file -> file.toString().endsWith(".md"))
                    .forEach(pages::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return pages;
    }

    static Markdown of(Path file) {
        return new Markdown(file, Golden.read(file).lines().toList());
    }

    List<Block> blocks() {
        var blocks = new ArrayList<Block>();
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).startsWith(FENCE)) {
                int begin = i++;
                while (!lines.get(i).startsWith(FENCE)) {
                    i++;
                }
                var words = (lines.get(begin).substring(FENCE.length()) + "  ").split(" ", 2);
                var text = String.join("\n", lines.subList(begin + 1, i)) + "\n";
                blocks.add(new Block(file, begin + 1, words[0], words[1].strip(), text));
            }
        }
        return blocks;
    }

    /** {@return the links to other files of this tree, as they are written} */
    List<String> links() {
        return lines.stream()
                .flatMap(line -> LINK.matcher(line).results())
                .map(found -> found.group(1))
                .filter(target -> !target.contains("://"))
                .toList();
    }

    /** {@return the names by which the headings of this page can be linked to} */
    List<String> anchors() {
        return lines.stream()
                .filter(line -> line.startsWith("#"))
                .map(line -> line.replaceFirst("^#+ ", "")
                        .toLowerCase(java.util.Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N} _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
