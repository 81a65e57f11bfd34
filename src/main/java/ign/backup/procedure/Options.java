package ign.backup.procedure;

import ign.backup.model.BackupException;
import ign.backup.model.NearestName;
import ign.backup.model.Quantity;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** The option map of a call, read once; an option that the procedure does not have is an error that names the nearest one. */
final class Options {

    private final Map<String, Object> given;

    private Options(Map<String, Object> given) {
        this.given = given;
    }

    static Options of(Map<String, Object> given, String... known) {
        var names = List.of(known);
        for (var name : new TreeSet<>(given.keySet())) {
            if (!names.contains(name)) {
                throw new BackupException.BadRequest(
                        "option '" + name + "' is not known",
                        names.isEmpty()
                                ? "This procedure has no options."
                                : "Did you mean '" + NearestName.to(name, names) + "'? The options are "
                                        + String.join(", ", names) + ".");
            }
        }
        return new Options(given);
    }

    Optional<String> text(String name) {
        return value(name, String.class, "a string");
    }

    boolean flag(String name, boolean otherwise) {
        return flag(name).orElse(otherwise);
    }

    Optional<Boolean> flag(String name) {
        return value(name, Boolean.class, "true or false");
    }

    /** {@return the option as it was given, to be read by somebody who knows its form} */
    Optional<Object> raw(String name) {
        return Optional.ofNullable(given.get(name));
    }

    Optional<Duration> duration(String name) {
        var expected = "a duration with its unit, such as '30s', '20m'";
        return value(name, String.class, expected)
                .map(text -> Quantity.duration(text).orElseThrow(() -> unexpected(name, "'" + text + "'", expected)));
    }

    private <T> Optional<T> value(String name, Class<T> type, String expected) {
        var value = given.get(name);
        if (value == null) {
            return Optional.empty();
        }
        if (!type.isInstance(value)) {
            throw unexpected(name, value, expected);
        }
        return Optional.of(type.cast(value));
    }

    private static BackupException unexpected(String name, Object value, String expected) {
        return new BackupException.BadRequest(
                "option '" + name + "' is " + value + ", but " + expected + " is expected",
                "CALL ign.backup.help() shows every option with an example.");
    }
}
