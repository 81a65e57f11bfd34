package ign.backup.operation;

import ign.backup.config.Setting;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Something that is done by a timetable.
 *
 * @param name such as {@code daily}
 * @param enabled the setting that says whether; empty when the schedule alone does
 * @param schedule the setting that says when
 * @param start starts it, does not wait, and gives what was started; {@code Busy} or {@code Unavailable} when it has to wait
 */
public record Job(
        String name, Optional<Setting<Boolean>> enabled, Setting<String> schedule, Supplier<List<Running<?>>> start) {}
