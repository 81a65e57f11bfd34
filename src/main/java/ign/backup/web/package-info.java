/** What the server's own HTTP port has of us, behind Neo4j's authentication. */
@NullMarked
package ign.backup.web;

import org.jspecify.annotations.NullMarked;
