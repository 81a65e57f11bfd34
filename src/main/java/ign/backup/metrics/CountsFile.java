package ign.backup.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import ign.backup.model.BackupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts in a file: one JSON object of numbers, which a crash leaves either as it was or as it should be. */
final class CountsFile {

    /** A file of ours has some hundred bytes. */
    private static final long LARGEST = 1 << 20;

    private static final Pattern NAME = Pattern.compile("operations/[a-zA-Z-]+/[a-z-]+|success/[a-z-]+|[a-z_]+");
    private static final String HINT = "Nothing has to be done: counting begins anew, at zero.";
    private static final JsonFactory JSON = new JsonFactory();

    private final Path file;

    CountsFile(Path file) {
        this.file = file;
    }

    /**
     * {@return what the file says; nothing when there is none}
     *
     * @throws BackupException.Damaged when it is not what it should be
     * @throws BackupException.Unavailable when it cannot be read
     */
    Counts read() {
        try {
            if (Files.size(file) > LARGEST) {
                throw damaged("has " + Files.size(file) + " bytes");
            }
            try (var json = JSON.createParser(Files.readAllBytes(file))) {
                return read(json);
            }
        } catch (NoSuchFileException none) {
            return Counts.NONE;
        } catch (JsonProcessingException e) {
            throw new BackupException.Damaged("'" + file + "' is not JSON: " + e.getOriginalMessage(), HINT, e);
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "'" + file + "' cannot be read: " + e, "Let the server's user read and write that folder.", e);
        }
    }

    private Counts read(JsonParser json) throws IOException {
        var values = new TreeMap<String, Double>();
        expect(json.nextToken() == JsonToken.START_OBJECT);
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            var name = json.currentName();
            expect(NAME.matcher(name).matches() && json.nextToken().isNumeric());
            double value = json.getDoubleValue();
            expect(Double.isFinite(value) && value >= 0);
            values.put(name, value);
        }
        expect(json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null);
        return new Counts(values);
    }

    private void expect(boolean sound) {
        if (!sound) {
            throw damaged("is not one object of the numbers that are kept there");
        }
    }

    private BackupException.Damaged damaged(String what) {
        return new BackupException.Damaged("'" + file + "' " + what, HINT);
    }

    /**
     * Puts the counts in place of what the file said.
     *
     * @throws BackupException.Unavailable when it cannot; then the file is as it was
     */
    void write(Counts counts) {
        var next = file.resolveSibling(file.getFileName() + ".new");
        try {
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            try (var channel = FileChannel.open(
                    next, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                var bytes = ByteBuffer.wrap(bytes(counts));
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "'" + file + "' cannot be written: " + e, "Let the server's user read and write that folder.", e);
        }
    }

    private static byte[] bytes(Counts counts) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var value : counts.values().entrySet()) {
                json.writeNumberField(value.getKey(), value.getValue());
            }
            json.writeEndObject();
        }
        return bytes.toByteArray();
    }
}
