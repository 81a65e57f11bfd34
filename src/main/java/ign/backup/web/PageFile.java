package ign.backup.web;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A file of the page, as it is in the plugin's JAR. */
final class PageFile {

    /** No folders, so that no path leads out of the page's. */
    private static final Pattern NAME = Pattern.compile("/[a-z-]+\\.(html|css|js|svg)");

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");

    private final String type;
    private final byte[] content;

    private PageFile(String type, byte[] content) {
        this.type = type;
        this.content = content;
    }

    /** {@return the file at a path below that of the page, which is at {@code /} itself} */
    static Optional<PageFile> at(@Nullable String path) throws IOException {
        var name = NAME.matcher("/".equals(path) ? "/index.html" : String.valueOf(path));
        if (!name.matches()) {
            return Optional.empty();
        }
        var type = TYPES.getOrDefault(name.group(1), "");
        try (var file = PageFile.class.getResourceAsStream("page" + name.group())) {
            return file == null ? Optional.empty() : Optional.of(new PageFile(type, file.readAllBytes()));
        }
    }

    /** {@return the type of its content} */
    String type() {
        return type;
    }

    byte[] content() {
        return content.clone();
    }

    /** {@return what changes with its content} */
    String tag() {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(content);
            return '"' + HexFormat.of().formatHex(digest) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
