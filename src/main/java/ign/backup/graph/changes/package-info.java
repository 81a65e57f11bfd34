/** What transactions change: read from their own state, and counted since the last backup. */
@NullMarked
package ign.backup.graph.changes;

import org.jspecify.annotations.NullMarked;
