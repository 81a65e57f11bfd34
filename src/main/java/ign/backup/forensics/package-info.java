/** Looks at the heap of this JVM, and dumps it into files that nobody else may read. */
@NullMarked
package ign.backup.forensics;

import org.jspecify.annotations.NullMarked;
