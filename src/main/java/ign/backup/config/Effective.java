package ign.backup.config;

/**
 * The value of a setting that is in force.
 *
 * @param setting the setting itself
 * @param text as it was written
 * @param place what exactly it was written in: a file, a system property, an environment variable, or {@code default}
 */
public record Effective(Setting<?> setting, String text, Origin origin, String place) {

    /** {@return the setting's name} */
    public String name() {
        return setting.name();
    }
}
