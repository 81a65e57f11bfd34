/** The promise of a backup under load, tested from outside: it holds the graph of one instant, and writers notice nothing. */
@NullMarked
package ign.backup.proof;

import org.jspecify.annotations.NullMarked;
