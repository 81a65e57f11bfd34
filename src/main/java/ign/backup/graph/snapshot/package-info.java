/**
 * The rules of the copy-on-write snapshot, which know nothing of Neo4j: what a scan and the commits beside it have to do, so that they
 * hold a graph as it was at one instant. {@code docs/snapshot.md} proves them.
 */
@NullMarked
package ign.backup.graph.snapshot;

import org.jspecify.annotations.NullMarked;
