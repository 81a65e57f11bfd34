/** The command line, as classes and as users get it. */
@NullMarked
package ign.backup.cli;

import org.jspecify.annotations.NullMarked;
