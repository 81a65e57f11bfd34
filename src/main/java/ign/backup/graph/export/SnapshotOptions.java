package ign.backup.graph.export;

import ign.backup.model.Scratch;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * How a snapshot is taken and shown.
 *
 * @param threads how many threads read, encode and pack; at least 1
 * @param memoryBytes how much memory the saved states of changed elements may take before a file is used
 * @param scratch makes that file
 * @param pauseWrites for how long at most commits are held up meanwhile; empty, as usual, not at all
 */
public record SnapshotOptions(
        int threads, long memoryBytes, Supplier<Scratch> scratch, Optional<Duration> pauseWrites) {}
