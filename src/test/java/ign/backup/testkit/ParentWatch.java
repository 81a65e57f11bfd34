package ign.backup.testkit;

/** A Java agent, in a JAR of its own: ends its JVM when the process that started it is gone, however that happened. */
public final class ParentWatch {

    private ParentWatch() {}

    /**
     * Called by the JVM before its main method.
     *
     * @param parent id of the process to watch
     */
    public static void premain(String parent) {
        var watch = new Thread(() -> await(Long.parseLong(parent)), "parent-watch");
        watch.setDaemon(true);
        watch.start();
    }

    private static void await(long parent) {
        ProcessHandle.of(parent).ifPresent(process -> process.onExit().join());
        Runtime.getRuntime().halt(137);
    }
}
