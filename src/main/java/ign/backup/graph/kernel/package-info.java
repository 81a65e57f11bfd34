/** What Neo4j's kernel stores, in the words of the model and back: values and schema. */
@NullMarked
package ign.backup.graph.kernel;

import org.jspecify.annotations.NullMarked;
