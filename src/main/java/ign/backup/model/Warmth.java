package ign.backup.model;

import java.time.Duration;

/** What of a database was read into memory, and how long it took. */
public record Warmth(long files, long bytes, Duration time) {}
