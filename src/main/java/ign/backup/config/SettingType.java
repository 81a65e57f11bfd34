package ign.backup.config;

import com.sun.management.OperatingSystemMXBean;
import ign.backup.model.BackupName;
import ign.backup.model.Compression;
import ign.backup.model.Quantity;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the text of a setting must look like, and what it means.
 *
 * @param label what is expected, such as {@code a whole number from 1}
 * @param parser finds the value, or nothing in a text that is not as expected
 */
public record SettingType<T>(String label, Function<String, Optional<T>> parser) {

    private static final long SMALLEST_MEMORY = 64L << 20;
    private static final long LARGEST_AUTO_MEMORY = 512L << 20;
    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,12})?) ?(%?)");
    private static final Pattern FILE_NAME =
            Pattern.compile("(?!initial_backup)[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\.json");
    private static final Pattern CYPHER_FILE_NAME = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]{0,99}\\.cypher");
    private static final Pattern PROGRAM = Pattern.compile("(?!\\.{1,2}$)[^/\\\\\\p{Cntrl}]{1,255}");
    private static final Pattern PREFIX = Pattern.compile("(?!initial_backup)[A-Za-z0-9_-][A-Za-z0-9._-]{0,63}");

    Optional<T> parse(String text) {
        return parser.apply(text);
    }

    static SettingType<String> text() {
        return checked("a text that is not empty", text -> !text.isBlank());
    }

    static SettingType<Integer> wholeNumber(int from, int to) {
        var label = "a whole number from " + from + (to == Integer.MAX_VALUE ? "" : " to " + to);
        return new SettingType<>(label, text -> number(text, from, to));
    }

    static SettingType<OptionalInt> numberOrUnlimited() {
        return new SettingType<>(
                "a whole number from 1, or 'unlimited'",
                text -> text.equals("unlimited")
                        ? Optional.of(OptionalInt.empty())
                        : number(text, 1, Integer.MAX_VALUE).map(OptionalInt::of));
    }

    static SettingType<OptionalLong> numberOrOff() {
        return new SettingType<>(
                "a whole number from 1, or 'off'",
                text -> text.equals("off")
                        ? Optional.of(OptionalLong.empty())
                        : number(text, 1, Integer.MAX_VALUE).map(OptionalLong::of));
    }

    static SettingType<Integer> threads() {
        return new SettingType<>(
                "a whole number from 1 to 256, or 'auto': one per core, at most 8",
                text -> text.equals("auto")
                        ? Optional.of(Math.min(8, Runtime.getRuntime().availableProcessors()))
                        : number(text, 1, 256));
    }

    static SettingType<Double> share() {
        return new SettingType<>("a share above 0, such as '0.1' or '10%'", SettingType::parseShare);
    }

    static SettingType<Duration> duration() {
        return new SettingType<>(
                "a duration with its unit, such as '500ms', '30s', '5m', '2h', '1d'", Quantity::duration);
    }

    static SettingType<Optional<Duration>> ageOrUnlimited() {
        return new SettingType<>("'unlimited', or a duration from one day on, such as '36h', '30d', '365d'", text -> {
            var age = Quantity.duration(text).filter(time -> time.toDays() > 0);
            return age.isPresent() || text.equals("unlimited") ? Optional.of(age) : Optional.empty();
        });
    }

    static SettingType<Boolean> flag() {
        return new SettingType<>("'true' or 'false'", text -> switch (text) {
            case "true" -> Optional.of(true);
            case "false" -> Optional.of(false);
            default -> Optional.empty();
        });
    }

    static SettingType<Long> bytes(long from) {
        return new SettingType<>(
                "a number of bytes from " + from + ", also with a unit, such as '512k', '64m', '2g'",
                text -> atLeast(from, Quantity.bytes(text)));
    }

    /** An eighth of the machine or of the container, so that a small one keeps enough for the server. */
    static SettingType<Long> memory() {
        return new SettingType<>(
                "'auto': an eighth of the machine's or the container's memory, from 64m to 512m; or "
                        + bytes(SMALLEST_MEMORY).label(),
                text -> text.equals("auto")
                        ? Optional.of(Math.max(SMALLEST_MEMORY, Math.min(LARGEST_AUTO_MEMORY, machineBytes() / 8)))
                        : atLeast(SMALLEST_MEMORY, Quantity.bytes(text)));
    }

    private static long machineBytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }

    static SettingType<OptionalLong> bytesOrUnlimited(long from) {
        return new SettingType<>(
                "'unlimited' or " + bytes(from).label(),
                text -> text.equals("unlimited")
                        ? Optional.of(OptionalLong.empty())
                        : atLeast(from, Quantity.bytes(text)).map(OptionalLong::of));
    }

    private static Optional<Long> atLeast(long from, OptionalLong number) {
        return number.isPresent() && number.getAsLong() >= from ? Optional.of(number.getAsLong()) : Optional.empty();
    }

    static SettingType<Compression> compression() {
        return new SettingType<>("'none', 'zstd' or 'gzip'", text -> Arrays.stream(Compression.values())
                .filter(compression -> compression.label().equals(text))
                .findFirst());
    }

    static SettingType<Set<String>> names() {
        return new SettingType<>(
                "names with commas between them",
                text -> Optional.of(Arrays.stream(text.split(",", -1))
                        .map(String::strip)
                        .filter(Predicate.not(String::isEmpty))
                        .collect(Collectors.toUnmodifiableSet())));
    }

    static SettingType<String> oneOf(String... words) {
        var label = Arrays.stream(words).map(word -> "'" + word + "'").collect(Collectors.joining(", "));
        return checked("one of " + label, List.of(words)::contains);
    }

    static SettingType<String> folder() {
        return checked(
                "a path, absolute or relative to the Neo4j home, without '~', which only a shell knows",
                text -> !text.isBlank() && text.indexOf('\0') < 0 && !text.startsWith("~"));
    }

    static SettingType<String> folderOrNothing() {
        var folder = folder();
        return new SettingType<>(
                "nothing, or " + folder.label(), text -> text.isEmpty() ? Optional.of(text) : folder.parse(text));
    }

    static SettingType<String> textOrNothing() {
        return new SettingType<>("a text", Optional::of);
    }

    static SettingType<String> programOrNothing() {
        return checked(
                "nothing, or the name of a file without a folder, such as 'before.sh'",
                text -> text.isEmpty() || PROGRAM.matcher(text).matches());
    }

    /** Without user and password: an address is shown to whoever may see the settings. */
    static SettingType<Optional<URI>> webAddressOrNothing() {
        return new SettingType<>(
                "an address that begins with 'http://' or 'https://', without user and password; or nothing",
                SettingType::webAddress);
    }

    private static Optional<Optional<URI>> webAddress(String text) {
        if (text.isEmpty()) {
            return Optional.of(Optional.empty());
        }
        try {
            var address = new URI(text);
            boolean isWeb = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
            boolean isAsExpected = isWeb && address.getHost() != null && address.getUserInfo() == null;
            return isAsExpected ? Optional.of(Optional.of(address)) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty(); // which is the answer
        }
    }

    static SettingType<Set<String>> someOf(String... words) {
        var all = Set.of(words);
        return new SettingType<>(
                Arrays.stream(words).collect(Collectors.joining("', '", "some of '", "', with commas between them")),
                text -> names().parse(text).filter(some -> !some.isEmpty() && all.containsAll(some)));
    }

    static SettingType<String> filePattern() {
        return checked(
                "a file name of letters, digits, '.', '-', '_' with '{timestamp}' once, ending in '.json'",
                text -> text.split("\\{timestamp}", -1).length == 2
                        && FILE_NAME.matcher(longestName(text)).matches()
                        && BackupName.isBackupName(longestName(text)));
    }

    /** {@return what the pattern can grow to: a number after the timestamp, and {@code .zst} at the end} */
    private static String longestName(String pattern) {
        return pattern.replace("{timestamp}", "20250128_143022_9999.zst");
    }

    static SettingType<String> cypherFileNameOrNothing() {
        return checked(
                "nothing, or a file name of letters, digits, '.', '-', '_', ending in '.cypher'",
                text -> text.isEmpty() || CYPHER_FILE_NAME.matcher(text).matches());
    }

    static SettingType<String> jsonFileName() {
        return checked(
                "a file name of letters, digits, '.', '-', '_', ending in '.json'", FILE_NAME.asMatchPredicate());
    }

    static SettingType<String> prefix() {
        return checked("up to 64 letters, digits, '.', '-', '_', not starting with a dot", PREFIX.asMatchPredicate());
    }

    static SettingType<ZoneId> timeZone() {
        return new SettingType<>("'system' or a time zone such as 'Europe/Berlin' or 'UTC'", text -> {
            try {
                return Optional.of(text.equals("system") ? ZoneId.systemDefault() : ZoneId.of(text));
            } catch (DateTimeException notAZone) {
                return Optional.empty();
            }
        });
    }

    /** Only the number of its fields is looked at here; whoever makes a timetable of it knows what may stand in them. */
    static SettingType<String> schedule() {
        return checked(
                "a cron expression of five fields, such as '0 2 * * *', or '@daily'",
                text -> text.startsWith("@") || text.split("\\s+").length == 5);
    }

    static SettingType<String> scheduleOrOff() {
        var schedule = schedule();
        return new SettingType<>(
                "'off' or " + schedule.label(), text -> text.equals("off") ? Optional.of(text) : schedule.parse(text));
    }

    private static SettingType<String> checked(String label, Predicate<String> asExpected) {
        return new SettingType<>(label, text -> Optional.of(text).filter(asExpected));
    }

    private static Optional<Integer> number(String text, int from, int to) {
        return Optional.of(text)
                .filter(WHOLE_NUMBER.asMatchPredicate())
                .map(Long::parseLong)
                .filter(number -> number >= from && number <= to)
                .map(Long::intValue);
    }

    private static Optional<Double> parseShare(String text) {
        var share = SHARE.matcher(text);
        if (!share.matches()) {
            return Optional.empty();
        }
        var number = Double.parseDouble(share.group(1)) / (share.group(2).isEmpty() ? 1 : 100);
        return Optional.of(number).filter(value -> value > 0);
    }
}
