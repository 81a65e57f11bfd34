package ign.backup.hook;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a hook did.
 *
 * @param exitCode empty when it did not end in time and was ended
 * @param lines of what it wrote to both its streams, the first ones
 * @param leftOutBytes how much more it wrote
 */
public record HookRun(OptionalInt exitCode, List<String> lines, long leftOutBytes) {

    public HookRun {
        lines = List.copyOf(lines);
    }

    /** {@return whether it ended by itself, and as it should} */
    public boolean succeeded() {
        return exitCode.isPresent() && exitCode.getAsInt() == 0;
    }
}
