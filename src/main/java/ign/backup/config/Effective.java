package ign.backup.config;

/**
 * The value of a setting that is in force.
 *
 * @param text as it was written
 * @param place what exactly it was written in: a file, a system property, an environment variable, or {@code default}
 */
public record Effective(String name, String text, Origin origin, String place) {}
