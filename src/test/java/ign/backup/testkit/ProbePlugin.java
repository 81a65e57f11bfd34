package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;

/** JARs made of compiled test classes. */
public final class ProbePlugin {

    private ProbePlugin() {}

    /** {@return the plugin whose procedures look at a graph from inside the server; it shares no code with ours} */
    public static Path jar() {
        return Jars.PROBE;
    }

    /** {@return the plugin that hears of each step of a restore, to be put beside ours} */
    public static Path failpointJar() {
        return Jars.FAILPOINTS;
    }

    static Path watchJar() {
        return Jars.WATCH;
    }

    /** What a JAR offers to those who ask for services of a type. */
    private record Service(String type, String implementation) {}

    /** Made once per JVM, when first needed. */
    private static final class Jars {

        private static final Service EXTENSION = new Service(
                "org.neo4j.kernel.extension.ExtensionFactory", "ign.backup.failpoint.FailpointExtensionFactory");
        private static final Path FOLDER = BuildFolder.fresh("jars");
        private static final Path PROBE = make("probe.jar", new Manifest(), "ign/backup/probe/");
        private static final Path FAILPOINTS = makeFailpoints();
        private static final Path WATCH = make("watch.jar", agent(), "ign/backup/testkit/ParentWatch");

        private static Manifest agent() {
            var manifest = new Manifest();
            manifest.getMainAttributes().put(new Attributes.Name("Premain-Class"), ParentWatch.class.getName());
            return manifest;
        }

        private static Path makeFailpoints() {
            return make("failpoints.jar", new Manifest(), "ign/backup/failpoint/", EXTENSION);
        }

        private static Path make(String name, Manifest manifest, String prefix, Service... services) {
            manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
            var jar = FOLDER.resolve(name);
            try (var out = new JarOutputStream(Files.newOutputStream(jar), manifest);
                    var files = Files.walk(BuildFolder.testClasses())) {
                if (prefix.endsWith("/")) { // who scans a package asks for its folder
                    out.putNextEntry(new JarEntry(prefix));
                    out.closeEntry();
                }
                for (var file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
                    var entry = BuildFolder.testClasses()
                            .relativize(file)
                            .toString()
                            .replace('\\', '/');
                    if (entry.startsWith(prefix)) {
                        out.putNextEntry(new JarEntry(entry));
                        Files.copy(file, out);
                        out.closeEntry();
                    }
                }
                for (var service : services) {
                    out.putNextEntry(new JarEntry("META-INF/services/" + service.type));
                    out.write(service.implementation.getBytes(StandardCharsets.UTF_8));
                    out.closeEntry();
                }
                return jar;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
