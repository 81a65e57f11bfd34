package ign.backup.config;

import ign.backup.model.BackupException;
import ign.backup.model.NearestName;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** Reads one configuration, and collects all that is wrong with it before it says so. */
final class ConfigurationReader {

    private static final String BY_CALL = "ign.backup.configure()";
    private static final String PAUSE_ALIAS = "BACKUP_PAUSE_EPISODE_PROCESSING";

    private final Map<String, Effective> found = new HashMap<>();
    private final List<String> faults = new ArrayList<>();
    private final List<Exception> causes = new ArrayList<>();

    Configuration read(Path file, Map<String, String> systemProperties, Map<String, String> environment) {
        takeFile(file);
        return read(systemProperties, environment);
    }

    Configuration read(Map<String, String> systemProperties, Map<String, String> environment) {
        take(systemProperties, Origin.SYSTEM_PROPERTY, Setting.PROPERTY_PREFIX, Setting::propertyName);
        takeAlias(environment);
        take(environment, Origin.ENVIRONMENT, Setting.ENVIRONMENT_PREFIX, Setting::environmentName);
        return parsed(Map.copyOf(found))
                .orElseThrow(() -> faulty("Correct it and restart the server; docs/settings.md lists all settings."));
    }

    /** {@return what was there when the server started, with the texts of a call} */
    Configuration change(Map<String, Effective> started, Map<String, String> texts) {
        found.putAll(started);
        new TreeMap<>(texts).forEach((name, text) -> {
            takeOne(name, text, Origin.CALL, BY_CALL, Setting::name);
            if (found.containsKey(name) && !Settings.CHANGEABLE.contains(name)) {
                faults.add("'" + name + "' is read only when the server starts");
            }
        });
        return parsed(started)
                .orElseThrow(() -> faulty("Correct it; CALL ign.backup.configure() shows what can be changed, and"
                        + " docs/settings.md lists all settings."));
    }

    /** {@return the configuration, unless it has faults} */
    private Optional<Configuration> parsed(Map<String, Effective> started) {
        var values = new HashMap<Setting<?>, Object>();
        for (var setting : Settings.ALL) {
            var effective = found.computeIfAbsent(
                    setting.name(),
                    name -> new Effective(setting, setting.defaultText(), Origin.DEFAULT, Origin.DEFAULT.label()));
            parse(setting, effective).ifPresent(value -> values.put(setting, value));
        }
        return faults.isEmpty() ? Optional.of(new Configuration(values, found, started)) : Optional.empty();
    }

    private void takeFile(Path file) {
        var texts = new FileProperties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            texts.load(reader);
        } catch (NoSuchFileException expected) {
            return;
        } catch (IOException | IllegalArgumentException e) {
            faults.add("file '" + file + "' cannot be read: " + e);
            causes.add(e);
            return;
        }
        texts.repeated.forEach(name -> faults.add("'" + name + "' stands twice in file '" + file + "'"));
        var byName = new TreeMap<String, String>();
        var spellings = new HashSet<String>();
        texts.all.forEach((name, text) -> {
            var bare =
                    name.startsWith(Setting.PROPERTY_PREFIX) ? name.substring(Setting.PROPERTY_PREFIX.length()) : name;
            if (byName.put(bare, text) != null) {
                faults.add("'" + bare + "' stands twice in file '" + file + "', with and without prefix");
            } else if (!spellings.add(spelling(bare))) {
                faults.add("'" + bare + "' stands twice in file '" + file + "', spelled in two ways");
            }
        });
        byName.forEach((name, text) -> takeOne(name, text, Origin.FILE, "file '" + file + "'", Setting::name));
    }

    private void take(Map<String, String> texts, Origin origin, String prefix, Function<Setting<?>, String> nameOf) {
        new TreeMap<>(texts).forEach((name, text) -> {
            if (name.startsWith(prefix)) {
                takeOne(name, text, origin, origin.label() + " '" + name + "'", nameOf);
            }
        });
    }

    /** One setting has a second name, by which Graphiti's backup service knew it. */
    private void takeAlias(Map<String, String> environment) {
        var text = environment.get(PAUSE_ALIAS);
        if (text != null && !text.isBlank()) {
            var place = Origin.ENVIRONMENT.label() + " '" + PAUSE_ALIAS + "'";
            found.put(
                    Settings.PAUSE_WRITES.name(),
                    new Effective(Settings.PAUSE_WRITES, text.strip(), Origin.ENVIRONMENT, place));
        }
    }

    private void takeOne(String name, String text, Origin origin, String place, Function<Setting<?>, String> nameOf) {
        var setting = Settings.ALL.stream()
                .filter(candidate -> spelling(nameOf.apply(candidate)).equals(spelling(name)))
                .findFirst();
        if (setting.isPresent()) {
            found.put(setting.get().name(), new Effective(setting.get(), text.strip(), origin, place));
        } else {
            var names = Settings.ALL.stream().map(nameOf).toList();
            faults.add("there is no setting '" + name + "' (" + place + "), the nearest is '"
                    + NearestName.to(name, names) + "'");
        }
    }

    /** {@return what {@code maxBackups}, {@code max_backups} and {@code MAX_BACKUPS} have in common} */
    private static String spelling(String name) {
        return name.replace("_", "").toLowerCase(Locale.ROOT);
    }

    private <T> Optional<T> parse(Setting<T> setting, Effective effective) {
        var value = setting.type().parse(effective.text());
        if (value.isEmpty()) {
            faults.add("'" + setting.name() + "' (" + effective.place() + ") is '" + shown(effective.text())
                    + "', expected is " + setting.type().label());
        }
        return value;
    }

    /** A password in an address must not come into the log, least of all when it is refused. */
    private static String shown(String text) {
        return text.replaceAll("//[^/@\\s]+@", "//…@");
    }

    private BackupException faulty(String hint) {
        var failure = new BackupException.BadRequest(
                (faults.size() == 1
                                ? "the configuration has a fault: "
                                : "the configuration has " + faults.size() + " faults: ")
                        + String.join("; ", faults),
                hint);
        causes.forEach(failure::addSuppressed);
        return failure;
    }
}
