/** What can be watched from outside: numbers about backups, in the text that Prometheus reads. */
@NullMarked
package ign.backup.metrics;

import org.jspecify.annotations.NullMarked;
