/** Tests of the snapshot of a running database, in one process with it. */
@NullMarked
package ign.backup.graph.export;

import org.jspecify.annotations.NullMarked;
