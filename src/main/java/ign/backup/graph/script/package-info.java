/**
 * Runs a file of Cypher statements on an empty database: all of them or none.
 *
 * <pre>
 * Script      the statements of a text, each with the line on which it begins
 * ScriptRun   asks Neo4j what each of them is (EXPLAIN), which finds all errors of syntax before anything is done
 *               the schema, a transaction each, which is dropped again if something fails later
 *               everything else, in one transaction
 * </pre>
 */
@NullMarked
package ign.backup.graph.script;

import org.jspecify.annotations.NullMarked;
