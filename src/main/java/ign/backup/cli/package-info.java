/** The command line: asks a server over Bolt, and reads backup files without one. It adds nothing to what the procedures can do. */
@NullMarked
package ign.backup.cli;

import org.jspecify.annotations.NullMarked;
