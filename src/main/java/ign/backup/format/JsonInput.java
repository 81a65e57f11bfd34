package ign.backup.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import ign.backup.model.BackupException;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** The tokens of a document; every failure on the way names the place and is one of ours. */
final class JsonInput {

    static final String HINT =
            "The file was changed or cut after it was written, or another tool wrote it otherwise than"
                    + " docs/format.md says; take another backup.";

    private static final String LIMIT_HINT =
            "The limits stand in docs/format.md; they keep a hostile file from filling the memory.";

    /** What a short string takes in memory, with what refers to it. */
    private static final int BYTES_OF_AN_OBJECT = 64;

    private final JsonParser parser;
    private final DocumentBytes bytes;
    private final boolean isPart;

    private @Nullable Section section;
    private long ordinal;
    private @Nullable Long id;
    private @Nullable String property;

    JsonInput(InputStream document, Limits limits) {
        this(document, limits, false);
    }

    private JsonInput(InputStream document, Limits limits, boolean isPart) {
        this.isPart = isPart;
        bytes = allowed(document, limits);
        parser = open(() -> factory(limits).createParser(bytes));
        bytes.placeBy(this::place);
    }

    /** For bytes that are known to be UTF-8. */
    private JsonInput(JsonFactory factory, byte[] part, int from, int to, Limits limits) {
        isPart = true;
        bytes = allowed(InputStream.nullInputStream(), limits);
        bytes.allow(limits.elementBytes());
        parser = open(() -> factory.createParser(part, from, to - from));
        bytes.placeBy(this::place);
    }

    private static DocumentBytes allowed(InputStream document, Limits limits) {
        var bytes = new DocumentBytes(document, limits.documentBytes());
        bytes.allow(limits.metadataBytes());
        return bytes;
    }

    /** {@return the tokens of a part of a document, which do not know their line} */
    static JsonInput ofPart(InputStream part, Limits limits) {
        return new JsonInput(part, limits, true);
    }

    /** Small parts of one document, whose bytes are known to be UTF-8: what it takes to make a parser is shared. */
    static final class Parts {

        private final Limits limits;
        private final JsonFactory factory;

        Parts(Limits limits) {
            this.limits = limits;
            this.factory = factory(limits);
        }

        /** {@return the tokens of these bytes, which do not know their line} */
        JsonInput input(byte[] document, int from, int to) {
            return new JsonInput(factory, document, from, to, limits);
        }
    }

    /** {@return the next token} */
    JsonToken next() {
        var token = nextOrEnd();
        if (token == null) {
            throw damaged("the document ends too early");
        }
        return token;
    }

    /** {@return the next token, or null at the end of the document} */
    @Nullable JsonToken nextOrEnd() {
        try {
            return parser.nextToken();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** {@return the name of the next field, or null at the end of the object} */
    @Nullable String nextField() {
        try {
            return parser.nextFieldName();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void expectNext(JsonToken expected, String what) {
        expect(next(), expected, what);
    }

    void expect(JsonToken found, JsonToken expected, String what) {
        if (found != expected) {
            throw damaged("expected " + what + ", found " + shown(found));
        }
    }

    /** {@return the text of the present token, also that of a number} */
    String text() {
        try {
            return parser.getText();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    long integer() {
        try {
            return parser.getLongValue();
        } catch (JsonProcessingException e) {
            throw damaged("a whole number is outside the range of 64 bits", e);
        } catch (IOException e) {
            throw failure(e);
        }
    }

    double decimal() {
        double value;
        try {
            value = parser.getDoubleValue();
        } catch (IOException e) {
            throw failure(e);
        }
        if (Double.isInfinite(value)) {
            throw damaged("a decimal is outside the range of 64 bits");
        }
        return value;
    }

    /** Skips the rest of the object or array that the present token begins. */
    void skip() {
        try {
            parser.skipChildren();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Allows so many bytes from here on. */
    void allow(long count) {
        bytes.allow(count);
    }

    /** Counts a value that is kept as an object: a list of these takes far more memory than its text. */
    void chargeObject() {
        bytes.charge(BYTES_OF_AN_OBJECT);
    }

    /** {@return the line of the present token; 0 in a part of a document, of which nobody knows where it begins} */
    long line() {
        return isPart ? 0 : parser.currentTokenLocation().getLineNr();
    }

    /** {@return where the present token begins, in bytes} */
    long position() {
        return parser.currentTokenLocation().getByteOffset();
    }

    /** {@return how many bytes have been read: at the end, the length of the document} */
    long bytesRead() {
        return bytes.count();
    }

    /** Sets what messages name: the element that begins here, counted from 1 in its section. */
    void enter(Section newSection, long newOrdinal) {
        section = newSection;
        ordinal = newOrdinal;
        id = null;
        property = null;
    }

    void leaveSection() {
        section = null;
    }

    void inElement(long newId) {
        id = newId;
    }

    void inProperty(@Nullable String name) {
        property = name;
    }

    /** {@return line, element and property, as far as they are known} */
    String place() {
        var text = new StringBuilder("line ").append(line());
        var present = section;
        if (present != null) {
            text.append(", ").append(present.element()).append(" number ").append(ordinal);
            if (id != null) {
                text.append(" (_id ").append(id).append(')');
            }
            if (property != null) {
                text.append(", property '").append(shortened(property)).append('\'');
            }
        }
        return text.toString();
    }

    BackupException.Damaged damaged(String message) {
        return new BackupException.Damaged(place() + ": " + message, HINT);
    }

    BackupException.Damaged damaged(String message, Throwable cause) {
        return new BackupException.Damaged(place() + ": " + message, HINT, cause);
    }

    BackupException.BadRequest overLimit(String message) {
        return new BackupException.BadRequest(place() + ": " + message, LIMIT_HINT);
    }

    BackupException.BadRequest refused(String message, String hint) {
        return new BackupException.BadRequest(place() + ": " + message, hint);
    }

    static String shown(@Nullable JsonToken token) {
        if (token == null) {
            return "the end";
        }
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "a list";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT -> "a whole number";
            case VALUE_NUMBER_FLOAT -> "a decimal";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            case VALUE_NULL -> "null";
            default -> "the end of an object or list";
        };
    }

    static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "…";
    }

    private BackupException failure(IOException e) {
        if (e instanceof StreamConstraintsException limit) {
            return new BackupException.BadRequest(place() + ": " + limit.getOriginalMessage(), LIMIT_HINT);
        }
        if (e instanceof JsonEOFException) {
            return damaged("the document ends too early", e);
        }
        if (e instanceof JsonProcessingException syntax) {
            return damaged("no valid JSON: " + syntax.getOriginalMessage(), e);
        }
        return unreadable(e);
    }

    /** Makes a parser. */
    private interface Opening {

        JsonParser parser() throws IOException;
    }

    /** Looks at the first bytes already, when no place can be told yet. */
    private static JsonParser open(Opening opening) {
        try {
            return opening.parser();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    static BackupException unreadable(IOException e) {
        return new BackupException.Unavailable(
                "the backup cannot be read: " + e.getMessage(), "Look at the disk or share that holds it.", e);
    }

    private static JsonFactory factory(Limits limits) {
        return JsonFactory.builder()
                .streamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(limits.nesting())
                        .maxStringLength(limits.stringLength())
                        .maxNameLength(limits.nameLength())
                        .build())
                // Nothing of a file of unknown origin stays behind in the server: neither names nor buffers.
                .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .enable(StreamReadFeature.USE_FAST_DOUBLE_PARSER)
                .disable(StreamReadFeature.AUTO_CLOSE_SOURCE)
                .build();
    }
}
