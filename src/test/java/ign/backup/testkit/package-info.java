/**
 * Real servers, the real shell, and stand-ins that are proven equal to the real thing.
 *
 * <p>A test asks for a {@link ign.backup.testkit.Neo4jServer}, which runs in a process of its own with the packaged plugin
 * and the probe, and looks at its graph through {@link ign.backup.testkit.Probe}.
 */
@NullMarked
package ign.backup.testkit;

import org.jspecify.annotations.NullMarked;
