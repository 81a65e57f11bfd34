/** Settings into one immutable, checked configuration; one table of settings. */
@NullMarked
package ign.backup.config;

import org.jspecify.annotations.NullMarked;
