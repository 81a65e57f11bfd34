package ign.backup.testkit;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The classes of a server in a file that its JVM maps, instead of loading and checking each anew: a start takes half the time.
 *
 * <p>The file is made by a server of its own as soon as a third one of the same kind is started: the same version with the same plugins.
 * The JVM checks that the jars have the paths, sizes and times that it knows; so paths are relative, and times follow from the content.
 */
final class SharedClasses {

    private static final int WORTH_IT = 3;
    /** The agent that ends a server with its test is there both times. */
    private static final List<String> WITH_AGENT =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+AllowArchivingWithJavaAgent", "-Xlog:all=error:stderr");
    /** Plugins of others are in few tests. */
    private static final List<String> OURS = List.of("failpoints", "ign-backup", "probe");

    private static final Map<Path, Integer> STARTS = new HashMap<>();

    private SharedClasses() {}

    /** {@return the class path of a server whose working directory is its home: plugins before libraries} */
    static String classPath() {
        return "plugins/*" + File.pathSeparator + "lib/*";
    }

    /** Puts a plugin into a home. */
    static void copy(Path jar, Path plugins) throws IOException {
        var copy = Files.copy(jar, plugins.resolve(jar.getFileName()));
        long seconds = Integer.toUnsignedLong(contentOf(jar)) % 1_000_000_000;
        Files.setLastModifiedTime(copy, FileTime.fromMillis(seconds * 1000));
    }

    /** {@return flags of the JVM of a server that starts now} */
    static synchronized List<String> flags(ServerHome home) {
        var archive = archive(home);
        if (!Files.exists(archive)
                && home.plugins().stream().allMatch(SharedClasses::isOurs)
                && STARTS.merge(archive, 1, Integer::sum) >= WORTH_IT) {
            train(home, archive);
        }
        return Files.exists(archive) ? with("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private static boolean isOurs(Path jar) {
        return OURS.stream().anyMatch(name -> jar.getFileName().toString().startsWith(name));
    }

    /** Has a server do what most tests do, and write down what it has loaded when it stops. */
    private static void train(ServerHome like, Path archive) {
        var plugins = like.plugins();
        var builder = Neo4jServer.of(like.version()).withoutPlugins();
        plugins.forEach(builder::plugin);
        var server = builder.build();
        var recorded = server.home().resolve("classes.jsa");
        try (server) {
            server.start(with("-XX:ArchiveClassesAtExit=" + recorded));
            server.run("CREATE CONSTRAINT FOR (n:Trained) REQUIRE n.id IS UNIQUE");
            server.run("UNWIND range(1, 9) AS i CREATE (:Trained {id: i, at: datetime()})-[:TO {w: 1.5}]->(:Other)");
            server.run("MATCH (n:Other) WITH n LIMIT 3 DETACH DELETE n");
            if (plugins.stream().anyMatch(jar -> jar.getFileName().toString().startsWith("ign-backup"))) {
                backUpAndRestore(server);
            }
        }
        try {
            Files.move(recorded, archive, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void backUpAndRestore(Neo4jServer server) {
        var file = server.run("CALL ign.backup.create('training', {compression: 'zstd'}) YIELD file")
                .get(0);
        server.run("CALL ign.backup.status()");
        server.run("CALL ign.backup.list()");
        for (var call : List.of("verify($file)", "restore($file, {confirm: true})")) {
            server.run(Neo4jServer.DATABASE, "CALL ign.backup." + call, file.asMap());
        }
        server.probe().digest();
    }

    private static List<String> with(String flag) {
        return Stream.concat(WITH_AGENT.stream(), Stream.of(flag)).toList();
    }

    private static Path archive(ServerHome home) {
        var contents = new TreeMap<String, Integer>();
        home.plugins().forEach(jar -> contents.put(jar.getFileName().toString(), contentOf(jar)));
        var names = contents.keySet().stream()
                .map(name -> name.replace(".jar", "+"))
                .collect(Collectors.joining("", home.version().number() + "+", ""));
        return BuildFolder.classArchives().resolve(names + Integer.toHexString(contents.hashCode()) + ".jsa");
    }

    /** {@return a number that is the same for jars with the same entries, whenever they were made} */
    private static int contentOf(Path jar) {
        try (var file = new JarFile(jar.toFile())) {
            return Objects.hash(file.stream()
                    .map(entry -> entry.getName() + entry.getCrc())
                    .sorted()
                    .toArray());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
