/** Tests of the merge, against a database in the same process. */
@NullMarked
package ign.backup.graph.merge;

import org.jspecify.annotations.NullMarked;
