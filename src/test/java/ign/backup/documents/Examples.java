package ign.backup.documents;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The folder of examples. */
final class Examples {

    private static final Path FOLDER = Path.of("examples");

    private Examples() {}

    /** {@return all files in it, without what npm may have installed there} */
    static List<Path> files() throws IOException {
        try (var files = Files.walk(FOLDER)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().contains("node_modules"))
                    .sorted()
                    .toList();
        }
    }
}
