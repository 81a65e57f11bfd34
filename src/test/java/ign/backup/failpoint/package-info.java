/**
 * A plugin for tests that hears of each step of a restore, and kills the server there, or lets the restore wait.
 *
 * <p>Everything here is packed into a JAR of its own, to stand beside the plugin: it may use the plugin, the JDK and Neo4j.
 */
package ign.backup.failpoint;
