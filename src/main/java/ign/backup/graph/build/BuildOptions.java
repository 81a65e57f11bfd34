package ign.backup.graph.build;

import java.nio.file.Path;
import java.util.Optional;

/**
 * What the building of a store may take.
 *
 * @param threads how many write
 * @param memoryBytes outside the heap
 * @param staging where it is built; on the file systems of the databases. Empty means beside them
 */
public record BuildOptions(int threads, long memoryBytes, Optional<Path> staging) {}
