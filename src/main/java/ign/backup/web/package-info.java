/** What the server's own HTTP port has of us: the files of the page for everybody, the metrics behind Neo4j's authentication. */
@NullMarked
package ign.backup.web;

import org.jspecify.annotations.NullMarked;
