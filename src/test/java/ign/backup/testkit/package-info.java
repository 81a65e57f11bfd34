/** Stand-ins that are proven equal to the real thing, and what tests share. */
@NullMarked
package ign.backup.testkit;

import org.jspecify.annotations.NullMarked;
