package ign.backup.model;

import java.time.Instant;

/**
 * The store that was replaced last and can be put back.
 *
 * @param since when it was replaced
 * @param replacedBy the backup that took its place, or in words what did
 */
public record KeptStore(Instant since, String replacedBy, long sizeBytes) {}
