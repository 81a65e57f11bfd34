package ign.backup.config;

import java.util.regex.Pattern;

/**
 * The value of a setting that is in force.
 *
 * @param setting the setting itself
 * @param text as it was written
 * @param place what exactly it was written in: a file, a system property, an environment variable, or {@code default}
 */
public record Effective(Setting<?> setting, String text, Origin origin, String place) {

    private static final Pattern WEB_ADDRESS = Pattern.compile("^(https?://[^/]+)/.+");

    /** {@return the text for people: of a web address only where it leads to, for what follows there may be a secret} */
    public String shown() {
        return WEB_ADDRESS.matcher(text).replaceFirst("$1/…");
    }

    /** {@return the setting's name} */
    public String name() {
        return setting.name();
    }
}
