/** The Cypher face: procedures that hand their arguments to the operations, and rows that carry the results. */
@NullMarked
package ign.backup.procedure;

import org.jspecify.annotations.NullMarked;
