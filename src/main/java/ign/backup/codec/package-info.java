/** Byte filters between a document and its stored form: compress, digest, count. */
@NullMarked
package ign.backup.codec;

import org.jspecify.annotations.NullMarked;
