package ign.backup.graph.build;

import ign.backup.model.NodeNumbering;

/**
 * What is known of a backup before a store is built of it.
 *
 * @param numbering the ids that its nodes get
 * @param documentBytes how long the unpacked document is, from which the size of the store is estimated
 * @param lookupIndexes whether the graph has the indexes of labels and types that every new store has
 */
public record BuildPlan(
        long nodes, long relationships, NodeNumbering numbering, long documentBytes, boolean lookupIndexes) {}
