/**
 * Shows a graph of a running database as it was at one instant: reads it through Neo4j's kernel, and follows what is committed
 * meanwhile. The rules that make one instant of it are those of {@code ign.backup.graph.snapshot}.
 */
@NullMarked
package ign.backup.graph.export;

import org.jspecify.annotations.NullMarked;
