package ign.backup.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Another JVM that ends when told to, when this one ends, and when this one is killed. */
final class JavaProcess {

    private final Process process;

    private JavaProcess(Process process) {
        this.process = process;
    }

    /** What to start; the output of both streams goes where the caller says. */
    record Command(Jdk jdk, List<String> flags, String classPath, String mainClass, List<String> arguments) {

        Command {
            flags = List.copyOf(flags);
            arguments = List.copyOf(arguments);
        }

        private List<String> words() {
            var words = new ArrayList<String>();
            words.add(jdk.java().toString());
            words.add("-javaagent:" + ProbePlugin.watchJar() + "="
                    + ProcessHandle.current().pid());
            words.addAll(flags);
            words.add("-cp");
            words.add(classPath);
            words.add(mainClass);
            words.addAll(arguments);
            return words;
        }
    }

    /** Starts it in a folder, with the environment of this process less whatever speaks to Neo4j or to us. */
    static JavaProcess start(Command command, Path folder, Map<String, String> environment, Path output, Path errors) {
        var builder = new ProcessBuilder(command.words())
                .directory(folder.toFile())
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile());
        var names = new HashMap<>(builder.environment()).keySet();
        names.stream().filter(JavaProcess::speaksToTheServer).forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        try {
            var process = builder.start();
            Running.add(process);
            process.getOutputStream().close();
            return new JavaProcess(process);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean speaksToTheServer(String name) {
        return name.startsWith("NEO4J_") || name.startsWith("IGN_BACKUP_") || name.equals("JAVA_TOOL_OPTIONS");
    }

    long pid() {
        return process.pid();
    }

    boolean isRunning() {
        return process.isAlive();
    }

    /** Asks it to end, and waits. */
    int terminate(long limitSeconds) {
        process.destroy();
        return exitCode(limitSeconds);
    }

    /** Ends it at once, as a crash would, and waits until it is gone. */
    void kill() {
        process.destroyForcibly();
        exitCode(30);
    }

    /** Waits until it ends by itself; one that does not is killed. */
    int exitCode(long limitSeconds) {
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("process " + process.pid() + " did not end within " + limitSeconds + " s");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while process " + process.pid() + " was ending", e);
        }
    }

    /** All that we started and that still run: none outlives this JVM. */
    private static final class Running {

        private static final Set<Process> ALL = ConcurrentHashMap.newKeySet();

        static {
            Runtime.getRuntime()
                    .addShutdownHook(new Thread(() -> ALL.forEach(Process::destroyForcibly), "end-test-processes"));
        }

        static void add(Process process) {
            ALL.add(process);
            ALL.removeIf(other -> !other.isAlive());
        }
    }
}
