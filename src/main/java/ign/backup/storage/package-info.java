/** Named objects that appear only when whole: a folder of backup files, later a bucket. */
@NullMarked
package ign.backup.storage;

import org.jspecify.annotations.NullMarked;
