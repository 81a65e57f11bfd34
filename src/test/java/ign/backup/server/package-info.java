/** The packaged plugin in real servers: what users do, and what happens to them. */
@NullMarked
package ign.backup.server;

import org.jspecify.annotations.NullMarked;
