/** One class per use case, each joining the packages below it; no Neo4j types, no clock of its own. */
@NullMarked
package ign.backup.operation;

import org.jspecify.annotations.NullMarked;
