/** The procedures in a server inside the test's own process: quick, and a debugger sees both sides. */
@NullMarked
package ign.backup.procedure;

import org.jspecify.annotations.NullMarked;
