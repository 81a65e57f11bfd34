/** Pure decisions with their reasons: names, retention, change thresholds. */
@NullMarked
package ign.backup.policy;

import org.jspecify.annotations.NullMarked;
