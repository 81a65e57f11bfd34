package ign.backup.storage;

/**
 * An unfinished file found in a store.
 *
 * @param reason why it was removed or left, one clause
 */
public record Leftover(String fileName, long sizeBytes, boolean removed, String reason) {}
