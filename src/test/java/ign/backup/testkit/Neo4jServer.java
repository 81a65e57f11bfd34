package ign.backup.testkit;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.neo4j.driver.AuthTokens;
import org.neo4j.driver.Driver;
import org.neo4j.driver.GraphDatabase;
import org.neo4j.driver.Record;
import org.neo4j.driver.SessionConfig;
import org.neo4j.driver.exceptions.Neo4jException;

/**
 * A Neo4j Community server in a process of its own, on loopback, with the packaged plugin and the probe in its plugins folder.
 *
 * <p>Its home stays in the build folder after the test. Not for more than one thread.
 */
public final class Neo4jServer implements AutoCloseable {

    /** The one database that holds users' data. */
    public static final String DATABASE = "neo4j";

    private static final Duration START_LIMIT = Duration.ofMinutes(3);
    private static final long STOP_LIMIT_SECONDS = 120;

    private ServerHome home;
    private @Nullable JavaProcess process;
    private @Nullable Driver driver;

    private Neo4jServer(ServerHome home) {
        this.home = home;
    }

    /** {@return the beginning of a server of this version; the test is skipped where it cannot be started} */
    public static Builder of(Neo4jVersion version) {
        version.assumeAvailable();
        return new Builder(version);
    }

    /**
     * A server for tests that only need a graph: started once per test run, empty and without schema whenever it is given out.
     *
     * <p>Do not close it, and do not leave it stopped.
     */
    public static Neo4jServer shared(Neo4jVersion version) {
        version.assumeAvailable();
        var server = Shared.get(version);
        server.clear();
        return server;
    }

    /** Starts it, unless it runs, and waits until Bolt answers. */
    public void start() {
        if (!isRunning()) {
            start(SharedClasses.flags(home));
        }
    }

    /** Starts it when its users' database cannot be, and waits until Bolt answers for the other one. */
    public void startWithoutDatabase() {
        start("system", SharedClasses.flags(home));
    }

    /** Starts it with more flags of its JVM, and waits until Bolt answers. */
    void start(List<String> flags) {
        start(DATABASE, flags);
    }

    private void start(String awaited, List<String> flags) {
        process = home.startProcess(flags);
        try {
            awaitStarted();
            driver = GraphDatabase.driver(
                    boltUri(),
                    home.password() == null ? AuthTokens.none() : AuthTokens.basic("neo4j", home.password()));
            Await.until("Bolt of Neo4j " + version().number(), START_LIMIT, () -> answers(awaited));
        } catch (AssertionError e) {
            kill();
            throw new AssertionError(e.getMessage() + "\n" + consoleLog() + neo4jLog() + debugLog(), e);
        }
    }

    /** Stops it as an operator does, with SIGTERM, and waits. */
    public void stop() {
        closeDriver();
        if (process != null) {
            process.terminate(STOP_LIMIT_SECONDS);
            process = null;
        }
    }

    /** Ends it as a crash does, with SIGKILL, and waits until it is gone. */
    public void kill() {
        closeDriver();
        if (process != null) {
            process.kill();
            process = null;
        }
    }

    /** Stops it, if it runs, and starts it again with the same home and the same ports. */
    public void restart() {
        stop();
        start();
    }

    /** Sets the heap that it has from its next start on, as {@code 512m}. */
    public void heap(String size) {
        home = home.withFlag("-Xmx" + size);
    }

    /** Adds a line to neo4j.conf, which its next start reads. */
    public void configure(String name, String value) {
        home.configure(name, value);
    }

    /** {@return whether the process is there} */
    public boolean isRunning() {
        return process != null && process.isRunning();
    }

    /** {@return the id of the running process} */
    public long pid() {
        return Objects.requireNonNull(process, "the server does not run").pid();
    }

    /** {@return the version} */
    public Neo4jVersion version() {
        return home.version();
    }

    /** {@return the Neo4j home} */
    public Path home() {
        return home.folder();
    }

    /** {@return the password of user {@code neo4j}, null when it asks for none} */
    public @Nullable String password() {
        return home.password();
    }

    /** {@return where Bolt is} */
    public URI boltUri() {
        return URI.create("bolt://127.0.0.1:" + home.boltPort());
    }

    /** {@return where HTTP is} */
    public URI httpUri() {
        return URI.create("http://127.0.0.1:" + home.httpPort());
    }

    /** {@return a driver of the running server; the server closes it} */
    public Driver driver() {
        return Objects.requireNonNull(driver, "the server does not run");
    }

    /** {@return what looks at the graph from inside} */
    public Probe probe() {
        return new Probe(this);
    }

    /** Runs one statement against the users' database in a transaction of its own. */
    public List<Record> run(String statement) {
        return run(DATABASE, statement, Map.of());
    }

    /** Runs one statement against a database in a transaction of its own. */
    public List<Record> run(String database, String statement, Map<String, Object> parameters) {
        try (var session = driver().session(SessionConfig.forDatabase(database))) {
            return session.run(statement, parameters).list();
        }
    }

    /** Removes all data and all schema, and brings back the two indexes that a new database has. */
    public void clear() {
        run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS");
        drop("CONSTRAINT", "SHOW CONSTRAINTS YIELD name");
        drop("INDEX", "SHOW INDEXES YIELD name");
        // Left unnamed they get the names that they have in a new database, other ones in each version.
        run("CREATE LOOKUP INDEX FOR (n) ON EACH labels(n)");
        run("CREATE LOOKUP INDEX FOR ()-[r]-() ON EACH type(r)");
        run("CALL db.awaitIndexes()");
    }

    private void drop(String what, String names) {
        for (var row : run(names)) {
            var name = row.get("name").asString().replace("`", "``");
            run("DROP " + what + " `" + name + "`");
        }
    }

    /** {@return the log for operators} */
    public String neo4jLog() {
        return home.read("logs/neo4j.log");
    }

    /** {@return the log for developers} */
    public String debugLog() {
        return home.read("logs/debug.log");
    }

    /** {@return what the process wrote to its streams since it was last started} */
    public String consoleLog() {
        return home.read("logs/console.log");
    }

    /** {@return the warnings and errors in both logs that name the plugin} */
    public List<String> complaints() {
        return (neo4jLog() + debugLog())
                .lines()
                .filter(line -> line.contains("WARN") || line.contains("ERROR"))
                .filter(line -> line.contains("ign.backup") || line.contains("ign-backup") || line.contains("i.b."))
                .toList();
    }

    @Override
    public void close() {
        stop();
    }

    ServerHome serverHome() {
        return home;
    }

    private void awaitStarted() {
        var log = home.folder().resolve("logs/neo4j.log");
        Await.until("start of Neo4j " + version().number(), START_LIMIT, () -> {
            if (!isRunning()) {
                throw new AssertionError("Neo4j " + version().number() + " ended while it was starting");
            }
            return Files.exists(log) && home.read("logs/neo4j.log").contains(" Started.");
        });
    }

    private boolean answers(String database) {
        try (var session = driver().session(SessionConfig.forDatabase(database))) {
            session.run(database.equals(DATABASE) ? "RETURN 1" : "SHOW DATABASES")
                    .consume();
            return true;
        } catch (Neo4jException e) {
            return false; // not yet: the caller waits with a limit
        }
    }

    private void closeDriver() {
        if (driver != null) {
            driver.close();
            driver = null;
        }
    }

    /** One server per version, ended with the JVM. */
    private static final class Shared {

        private static final Map<Neo4jVersion, Neo4jServer> SERVERS = new EnumMap<>(Neo4jVersion.class);

        static synchronized Neo4jServer get(Neo4jVersion version) {
            var server = SERVERS.computeIfAbsent(version, missing -> of(missing).build());
            server.start();
            return server;
        }
    }

    /** What a server should be like; what is not said is as small and quiet as possible. */
    public static final class Builder {

        /** Backups that nobody has asked for would disturb most tests, and their small heaps are full now and then. */
        private static final Map<String, String> NOTHING_BY_ITSELF = Map.of(
                "IGN_BACKUP_AUTO_ENABLED", "false",
                "IGN_BACKUP_TIERS_DAILY_ENABLED", "false",
                "IGN_BACKUP_TIERS_WEEKLY_ENABLED", "false",
                "IGN_BACKUP_TIERS_MONTHLY_ENABLED", "false",
                "IGN_BACKUP_VERIFY_SCHEDULE", "off",
                "IGN_BACKUP_HEALTH_SCHEDULE", "off",
                "IGN_BACKUP_FORENSICS_HEAP_PERCENT", "100");

        private final Neo4jVersion version;
        private final Map<String, String> settings = new TreeMap<>();
        private final Map<String, String> environment = new TreeMap<>();
        private final List<String> flags = new ArrayList<>();
        private final List<Path> plugins = new ArrayList<>();
        private String heap = "512m";
        private @Nullable String password;

        private Builder(Neo4jVersion version) {
            this.version = version;
            plugins.add(BuildFolder.pluginJar());
            plugins.add(ProbePlugin.jar());
            environment.putAll(NOTHING_BY_ITSELF);
        }

        /** Has the plugin do by itself what it does on a user's server. */
        public Builder byItself() {
            NOTHING_BY_ITSELF.keySet().forEach(environment::remove);
            return this;
        }

        /** Sets the heap, as {@code 1g}. */
        public Builder heap(String size) {
            heap = size;
            return this;
        }

        /** Sets a line of neo4j.conf. */
        public Builder setting(String name, String value) {
            settings.put(name, value);
            return this;
        }

        /** Sets a variable of the environment. */
        public Builder environment(String name, String value) {
            environment.put(name, value);
            return this;
        }

        /** Sets a system property of its JVM. */
        public Builder systemProperty(String name, String value) {
            return jvmFlag("-D" + name + "=" + value);
        }

        /** Adds a flag of its JVM. */
        public Builder jvmFlag(String flag) {
            flags.add(flag);
            return this;
        }

        /** Puts another JAR into its plugins folder. */
        public Builder plugin(Path jar) {
            plugins.add(jar);
            return this;
        }

        /** Leaves its plugins folder empty. */
        public Builder withoutPlugins() {
            plugins.clear();
            return this;
        }

        /** Asks for authentication; without this, anybody may do anything. */
        public Builder password(String secret) {
            password = secret;
            return this;
        }

        /** Makes the home, and starts nothing. */
        public Neo4jServer build() {
            // Most of a short life is start-up; a test of speed asks for -XX:TieredStopAtLevel=4. With one tier the JVM
            // reserves 48 MB for code, which the servers that many tests share fill.
            var jvm = new ArrayList<>(
                    List.of("-Xms64m", "-Xmx" + heap, "-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m"));
            jvm.addAll(flags);
            return new Neo4jServer(ServerHome.create(version, settings, environment, jvm, plugins, password));
        }

        /** Makes the home and starts the server. */
        public Neo4jServer start() {
            var server = build();
            server.start();
            return server;
        }
    }
}
