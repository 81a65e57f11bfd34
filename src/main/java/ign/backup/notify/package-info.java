/** Tells others over HTTP how operations ended, without ever delaying or spoiling one. */
@NullMarked
package ign.backup.notify;

import org.jspecify.annotations.NullMarked;
