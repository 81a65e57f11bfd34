/** The only code that reads or writes Neo4j data: snapshot, export, load, schema, and the swap of stores. */
@NullMarked
package ign.backup.graph;

import org.jspecify.annotations.NullMarked;
