package ign.backup.graph.merge;

/**
 * How to merge.
 *
 * @param dryRun only say what would be done: nothing is written, no label, type or property key either
 * @param batchSize most elements in one transaction
 * @param nodes how many nodes the file has
 * @param largestNodeId no node of the file has a larger id
 */
public record MergeOptions(boolean dryRun, int batchSize, long nodes, long largestNodeId) {

    public MergeOptions {
        if (batchSize < 1) {
            throw new IllegalArgumentException("a batch has at least one element, not " + batchSize);
        }
    }
}
