package ign.backup.format;

import ign.backup.model.BackupHeader;
import org.jspecify.annotations.Nullable;

/**
 * How the elements of a document are to be understood: as 1.0 until its header says otherwise.
 *
 * <p>A header that comes after the data is too late for everything that the versions read differently. What was met of that
 * is remembered, and then decides whether the document is refused.
 */
final class Dialect {

    private @Nullable FormatVersion version;
    private @Nullable String guessedAt;

    /** {@return how to understand the elements behind a header} */
    static Dialect of(BackupHeader header) {
        var dialect = new Dialect();
        dialect.version = FormatVersion.of(header.version());
        return dialect;
    }

    /** Takes the version from the header. */
    void settle(JsonInput input, FormatVersion found) {
        version = found;
        if (found.isStrict() && guessedAt != null) {
            throw input.damaged("the metadata with version '" + found.text()
                    + "' stands after the data, and so did not say how to read this: " + guessedAt);
        }
    }

    /** {@return whether the rules of 1.1 hold; {@code what} is where it matters, named if that was not known yet} */
    boolean isStrict(JsonInput input, String what) {
        if (version == null && guessedAt == null) {
            guessedAt = input.place() + ", " + what;
        }
        return version != null && version.isStrict();
    }

    boolean isNewer() {
        return version != null && version.isNewer();
    }
}
