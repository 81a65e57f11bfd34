/** The file format: elements, header and catalog to bytes and back. */
@NullMarked
package ign.backup.format;

import org.jspecify.annotations.NullMarked;
