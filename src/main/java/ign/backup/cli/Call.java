package ign.backup.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A call of one procedure: its arguments in order, and the options that somebody has set. */
final class Call {

    private final String procedure;
    private final List<@Nullable Object> arguments = new ArrayList<>();
    private final Map<String, Object> options = new LinkedHashMap<>();

    private Call(String procedure) {
        this.procedure = procedure;
    }

    /** {@return a call of {@code ign.backup.<procedure>}} */
    static Call of(String procedure) {
        return new Call(procedure);
    }

    /** Adds an argument; null stands for its default. */
    Call with(@Nullable Object argument) {
        arguments.add(argument);
        return this;
    }

    /** Sets an option, unless nobody has said anything about it. */
    Call option(String name, @Nullable Object value) {
        if (value != null && !Boolean.FALSE.equals(value)) {
            options.put(name, value);
        }
        return this;
    }

    /** Switches an option off that is on by default, if somebody has asked for that. */
    Call without(String name, boolean isUnwanted) {
        if (isUnwanted) {
            options.put(name, false);
        }
        return this;
    }

    String procedure() {
        return procedure;
    }

    List<@Nullable Object> arguments() {
        return arguments;
    }

    Map<String, Object> options() {
        return options;
    }
}
