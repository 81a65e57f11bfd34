/** Tests of the rules of the snapshot, without Neo4j: every order of the steps of a small case, and single parts. */
@NullMarked
package ign.backup.graph.snapshot;

import org.jspecify.annotations.NullMarked;
