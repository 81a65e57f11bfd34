/** Tests of the page as people use it, in a browser, at a real server. */
@NullMarked
package ign.backup.web;

import org.jspecify.annotations.NullMarked;
