package ign.backup.testkit;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** One thing for each version of Neo4j that the tests of a class share: made for the first of them, closed after the last. */
public final class PerVersion<T> implements AfterAllCallback {

    private final Function<Neo4jVersion, T> make;
    private final Consumer<T> close;
    private final Map<Neo4jVersion, T> made = new EnumMap<>(Neo4jVersion.class);

    /** Makes and closes things like this. */
    public PerVersion(Function<Neo4jVersion, T> make, Consumer<T> close) {
        this.make = make;
        this.close = close;
    }

    /** {@return the one of that version; a test of a version that is not there is skipped} */
    public T of(Neo4jVersion version) {
        version.assumeAvailable();
        return made.computeIfAbsent(version, make);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        made.values().forEach(close);
        made.clear();
    }
}
