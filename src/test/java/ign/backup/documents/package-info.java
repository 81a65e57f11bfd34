/** Holds README, docs and examples to their word: what can be run is run, what can be compared is compared. */
@NullMarked
package ign.backup.documents;

import org.jspecify.annotations.NullMarked;
