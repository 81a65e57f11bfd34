package ign.backup.probe;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.jar.JarFile;

/** A main class: loads every class of a JAR on the class path that it runs with, and prints what does not link. */
public final class LinkCheck {

    private LinkCheck() {}

    /**
     * Does what the procedure loader of the older server does at its start.
     *
     * @param arguments one path of a JAR, which is on the class path too
     * @throws IOException when the JAR cannot be read
     */
    public static void main(String[] arguments) throws IOException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        try (var jar = new JarFile(arguments[0])) {
            var names = jar.stream()
                    .map(entry -> entry.getName())
                    .filter(name -> name.endsWith(".class") && !name.startsWith("META-INF/"))
                    .map(name ->
                            name.substring(0, name.length() - ".class".length()).replace('/', '.'))
                    .toList();
            var parts = names.stream().mapToInt(name -> load(name, out)).sum();
            out.println("loaded " + names.size() + " classes with " + parts + " parts");
        }
    }

    private static int load(String name, PrintStream out) {
        try {
            var type = Class.forName(name, false, LinkCheck.class.getClassLoader());
            return type.getDeclaredClasses().length
                    + type.getDeclaredMethods().length
                    + type.getDeclaredFields().length
                    + type.getDeclaredConstructors().length;
        } catch (ClassNotFoundException | LinkageError e) {
            out.println(name + ": " + e);
            return 0;
        }
    }
}
