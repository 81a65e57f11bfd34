package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The folder of a server: configuration, plugins, data and logs, and how a process is started in it. */
record ServerHome(
        Neo4jVersion version,
        Path folder,
        Ports ports,
        Map<String, String> environment,
        List<String> flags,
        @Nullable String password) {

    /** What the start script of a server opens to it. */
    static final List<String> OPENED = Stream.of("java.nio", "java.io", "sun.nio.ch", "java.util.concurrent")
            .map(part -> "--add-opens=java.base/" + part + "=ALL-UNNAMED")
            .toList();

    record Ports(int bolt, int http) {}

    /** Makes a new one. */
    static ServerHome create(
            Neo4jVersion version,
            Map<String, String> settings,
            Map<String, String> environment,
            List<String> flags,
            List<Path> plugins,
            @Nullable String password) {
        try {
            var folder = BuildFolder.fresh("neo4j-" + version.number());
            var home = new ServerHome(version, folder, freePorts(), environment, flags, password);
            Files.createDirectories(folder.resolve("logs"));
            Files.createDirectories(folder.resolve("conf"));
            Files.createDirectories(folder.resolve("plugins"));
            Files.createSymbolicLink(folder.resolve("lib"), version.library().toAbsolutePath());
            for (var jar : plugins) {
                SharedClasses.copy(jar, folder.resolve("plugins"));
            }
            Files.writeString(folder.resolve("conf/neo4j.conf"), home.configuration(settings));
            if (password != null) {
                Neo4jAdmin.run(home, "dbms", "set-initial-password", password).expectSuccess();
            }
            return home;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@return the same home, whose processes get one more flag; of two that contradict the later one counts} */
    ServerHome withFlag(String flag) {
        var all = new ArrayList<>(flags);
        all.add(flag);
        return new ServerHome(version, folder, ports, environment, all, password);
    }

    /** Starts a server, whose JVM gets more flags. */
    JavaProcess startProcess(List<String> more) {
        var log = folder.resolve("logs/neo4j.log");
        try {
            // What an earlier start said must not be taken for what this one says.
            if (Files.exists(log)) {
                Files.move(log, folder.resolve("logs/neo4j.log." + System.nanoTime()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var command = new JavaProcess.Command(
                version.jdk(),
                serverFlags(more),
                SharedClasses.classPath(),
                version.mainClass(),
                List.of("--home-dir=" + folder, "--config-dir=" + folder.resolve("conf")));
        var console = folder.resolve("logs/console.log");
        return JavaProcess.start(command, folder, processEnvironment(), console, console);
    }

    /** {@return the environment that the start script of a server makes} */
    Map<String, String> processEnvironment() {
        var all = new TreeMap<>(environment);
        all.put("NEO4J_HOME", folder.toString());
        all.put("NEO4J_CONF", folder.resolve("conf").toString());
        all.put("JAVA_HOME", version.jdk().home().toString());
        return all;
    }

    /** {@return the jars in its plugins folder} */
    List<Path> plugins() {
        try (Stream<Path> files = Files.list(folder.resolve("plugins"))) {
            return files.filter(file -> file.toString().endsWith(".jar")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    int boltPort() {
        return ports.bolt();
    }

    int httpPort() {
        return ports.http();
    }

    /** {@return the content of a file in this folder, empty when it is not there} */
    String read(String name) {
        try {
            var file = folder.resolve(name);
            return Files.exists(file) ? Files.readString(file) : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Adds a line to its configuration. */
    void configure(String name, String value) {
        try {
            Files.writeString(folder.resolve("conf/neo4j.conf"), name + "=" + value + "\n", StandardOpenOption.APPEND);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<String> serverFlags(List<String> more) {
        var all = new ArrayList<>(OPENED);
        all.addAll(more);
        all.addAll(flags);
        return all;
    }

    /** Listens on loopback only, tells nobody anything, and stops without the ten quiet seconds of a production server. */
    private String configuration(Map<String, String> settings) {
        var all = new TreeMap<String, String>();
        all.put("server.default_listen_address", "127.0.0.1");
        all.put("server.bolt.listen_address", "127.0.0.1:" + ports.bolt());
        all.put("server.bolt.advertised_address", "127.0.0.1:" + ports.bolt());
        all.put("server.http.listen_address", "127.0.0.1:" + ports.http());
        all.put("server.http.advertised_address", "127.0.0.1:" + ports.http());
        all.put("server.https.enabled", "false");
        all.put("server.memory.pagecache.size", "64m");
        all.put("db.tx_log.preallocate", "false");
        all.put("dbms.usage_report.enabled", "false");
        all.put("dbms.security.auth_enabled", String.valueOf(password != null));
        all.put("internal.dbms.bolt.netty_server_shutdown_quiet_period", "0");
        if (version == Neo4jVersion.V2026_08) {
            all.put("dbms.fleet_manager.enabled", "false");
            all.put("server.fleet_discovery.enabled", "false");
            all.put("server.http.x_forward.enabled", "false");
        }
        all.putAll(settings);
        var lines = new StringBuilder();
        all.forEach(
                (name, value) -> lines.append(name).append('=').append(value).append('\n'));
        return lines.toString();
    }

    private static Ports freePorts() throws IOException {
        try (var bolt = FreePort.taken();
                var http = FreePort.taken()) {
            return new Ports(bolt.getLocalPort(), http.getLocalPort());
        }
    }
}
