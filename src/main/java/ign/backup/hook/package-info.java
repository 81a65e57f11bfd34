/** Runs the operator's own executables, without a shell, for a limited time, and leaves nothing of them running. */
@NullMarked
package ign.backup.hook;

import org.jspecify.annotations.NullMarked;
