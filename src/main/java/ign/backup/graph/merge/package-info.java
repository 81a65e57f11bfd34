/**
 * Merges a backup into a graph that is in use: finds for each element of the file the one that it is in the database, and creates or
 * changes it there.
 *
 * <pre>
 * MergeSurvey   reads the file once: which keys, which parallel relationships occur in it several times
 * GraphMerge    reads it again: batches of nodes, then of relationships
 *   Batches     a transaction each; again, or in halves, when it fails
 *     NodeMerge, RelationshipMerge    look up (Finder), lock, compare (Change), conflict or
 *       Changes                       write (WrittenChanges), or say what would be (ForetoldChanges)
 * </pre>
 */
@NullMarked
package ign.backup.graph.merge;

import org.jspecify.annotations.NullMarked;
