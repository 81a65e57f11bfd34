/** Puts a store that stands ready in the place of the one that serves, and brings that back if need be, also after a crash. */
@NullMarked
package ign.backup.graph.restore;

import org.jspecify.annotations.NullMarked;
