/**
 * Graphs as Graphiti makes them, of any size and always the same for a seed, made inside a server by procedures of the probe.
 *
 * <p>Like all of the probe it may use the JDK and Neo4j, and nothing else.
 */
package ign.backup.probe.graphiti;
