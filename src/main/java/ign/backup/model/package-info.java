/** The words of the domain and the contracts between packages; no input or output, no Neo4j. */
@NullMarked
package ign.backup.model;

import org.jspecify.annotations.NullMarked;
