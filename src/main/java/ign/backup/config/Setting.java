package ign.backup.config;

import java.util.Locale;

/**
 * One row of the table of settings.
 *
 * @param <T> what its text means to the code
 * @param name as it stands in the file, such as {@code restore.batch_size}
 * @param defaultText as a user would write it
 * @param description one sentence or two for people
 * @param since the first version that has it
 */
public record Setting<T>(String name, SettingType<T> type, String defaultText, String description, String since) {

    static final String PROPERTY_PREFIX = "ign.backup.";
    static final String ENVIRONMENT_PREFIX = "IGN_BACKUP_";

    /** {@return the name of the system property} */
    public String propertyName() {
        return PROPERTY_PREFIX + name;
    }

    /** {@return whether it can be changed while the server runs} */
    public boolean isChangeable() {
        return Settings.CHANGEABLE.contains(name);
    }

    /** {@return the name of the environment variable} */
    public String environmentName() {
        return ENVIRONMENT_PREFIX + name.toUpperCase(Locale.ROOT).replace('.', '_');
    }
}
