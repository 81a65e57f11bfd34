/** Tests of what touches the stores. */
@NullMarked
package ign.backup.graph;

import org.jspecify.annotations.NullMarked;
