/** Builds a store beside the one that serves, puts it in its place, and brings that back if need be. */
@NullMarked
package ign.backup.graph.restore;

import org.jspecify.annotations.NullMarked;
