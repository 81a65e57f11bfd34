package ign.backup.cli;

import java.util.Objects;
import picocli.CommandLine.IVersionProvider;

/** The version of this command line, which is that of the plugin built with it. */
final class Version implements IVersionProvider {

    @Override
    public String[] getVersion() {
        return new String[] {"ign " + number()};
    }

    /** {@return the number from the JAR, {@code unpacked} when it runs from class files} */
    static String number() {
        return Objects.requireNonNullElse(Ign.class.getPackage().getImplementationVersion(), "unpacked");
    }
}
