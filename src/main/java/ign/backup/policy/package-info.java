/** Pure decisions with their reasons: names, retention, change thresholds, when something is due. */
@NullMarked
package ign.backup.policy;

import org.jspecify.annotations.NullMarked;
