package ign.backup.metrics;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import ign.backup.model.BackupException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Counts as bytes: one JSON object of numbers. */
final class CountsJson {

    private static final Pattern NAME = Pattern.compile("operations/[a-zA-Z-]+/[a-z-]+|success/[a-z-]+|[a-z_]+");
    private static final String HINT = "Nothing has to be done: counting begins anew, at zero.";
    private static final JsonFactory JSON = new JsonFactory();

    private final String place;

    private CountsJson(String place) {
        this.place = place;
    }

    /**
     * {@return the counts in these bytes}
     *
     * @param place where they come from, for the message
     * @throws BackupException.Damaged when they are not what they should be
     */
    static Counts read(byte[] bytes, String place) {
        try (var json = JSON.createParser(bytes)) {
            return new CountsJson(place).read(json);
        } catch (IOException e) { // nothing but the JSON can be wrong in memory
            throw new BackupException.Damaged("'" + place + "' is not JSON: " + e.getMessage(), HINT, e);
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
            throw new BackupException.Damaged(
                    "'" + place + "' is not one object of the numbers that are kept there", HINT);
        }
    }

    /** {@return the counts as bytes} */
    static byte[] write(Counts counts) {
        var bytes = new ByteArrayOutputStream();
        try (var json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            for (var value : counts.values().entrySet()) {
                json.writeNumberField(value.getKey(), value.getValue());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new BackupException.Defect("counts cannot be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
