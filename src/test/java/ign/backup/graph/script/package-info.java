@NullMarked
package ign.backup.graph.script;

import org.jspecify.annotations.NullMarked;
