package ign.backup.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A text in the tree that says what the code must say, too. {@code -Dupdate.docs} writes it anew, to be looked at in a diff. */
public final class Golden {

    /** The signatures of all procedures, one line each. */
    public static final Path SIGNATURES = Path.of("src/test/resources/golden/signatures.txt");

    private Golden() {}

    /** Compares the whole file. */
    public static void compare(Path file, String expected) {
        if (isUpdating()) {
            write(file, expected);
        }
        assertThat(read(file)).as("%s (-Dupdate.docs writes it)", file).isEqualTo(expected);
    }

    /** Compares what stands between the lines {@code <!-- name: … -->} and {@code <!-- end -->}. */
    public static void comparePart(Path file, String name, String expected) {
        var page = read(file);
        var begin = page.indexOf("\n", page.indexOf("<!-- " + name + ":")) + 1;
        assertThat(begin).as("a line '<!-- %s: … -->' in %s", name, file).isPositive();
        var end = page.indexOf("<!-- end -->", begin);
        assertThat(end).as("the end of part '%s' in %s", name, file).isPositive();
        if (isUpdating()) {
            write(file, page.substring(0, begin) + expected + page.substring(end));
        } else {
            assertThat(page.substring(begin, end))
                    .as("part '%s' of %s (-Dupdate.docs writes it)", name, file)
                    .isEqualTo(expected);
        }
    }

    /** {@return a file of the tree} */
    public static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isUpdating() {
        return System.getProperty("update.docs") != null;
    }
}
