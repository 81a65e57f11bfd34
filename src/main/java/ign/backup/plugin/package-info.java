/** The server extension: puts the parts together, starts and stops them, and never stops the server. */
@NullMarked
package ign.backup.plugin;

import org.jspecify.annotations.NullMarked;
