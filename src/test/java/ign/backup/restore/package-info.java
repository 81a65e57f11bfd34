/** Restores and rollbacks on real servers: what clients notice, what a crash leaves, what a bad file or a full disk costs. */
@NullMarked
package ign.backup.restore;

import org.jspecify.annotations.NullMarked;
