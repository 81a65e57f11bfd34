package ign.backup.operation;

import ign.backup.model.NodeNumbering;

/**
 * What reading a whole backup has shown, with what a second reading builds on.
 *
 * @param numbering of all its nodes; takes about a bit for each id, or four bytes for each node where ids are strewn
 * @param highestNodeId the highest id of a node in the file, -1 without nodes
 * @param inParallel whether several threads can read it, so that all nodes come before the first relationship
 * @param relationshipsFirst whether relationships stand before the nodes they join
 * @param documentBytes how long the unpacked document is
 */
record Judgement(
        Verdict verdict,
        NodeNumbering numbering,
        long highestNodeId,
        boolean inParallel,
        boolean relationshipsFirst,
        long documentBytes) {}
