/** Builds a new store with Neo4j's own importer, in the process of the server, from what other threads read. */
@NullMarked
package ign.backup.graph.build;

import org.jspecify.annotations.NullMarked;
