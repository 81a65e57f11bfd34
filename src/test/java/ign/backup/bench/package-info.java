/** Measurements that are run by hand and not by the build. */
@NullMarked
package ign.backup.bench;

import org.jspecify.annotations.NullMarked;
