/**
 * A plugin for tests that looks at a graph from inside the server; it runs in every version and shares no code with ours.
 *
 * <p>Everything here is packed into a JAR of its own: it may use the JDK and Neo4j, and nothing else.
 */
package ign.backup.probe;
