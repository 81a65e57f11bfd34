/** The wiring of the plugin, under a clock of the tests' own. */
@NullMarked
package ign.backup.plugin;

import org.jspecify.annotations.NullMarked;
