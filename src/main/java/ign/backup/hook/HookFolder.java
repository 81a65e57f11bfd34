package ign.backup.hook;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The one folder whose files may be run. Whoever could write there could do what the server's user may, so nobody else may.
 *
 * <p>It is looked at before each run, not only when the server starts.
 */
public final class HookFolder {

    private static final Set<PosixFilePermission> OTHERS_WRITE =
            EnumSet.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private final Path path;

    /** Hooks of that folder, which may be a link. */
    public HookFolder(Path path) {
        this.path = path.toAbsolutePath().normalize();
    }

    Path path() {
        return path;
    }

    /**
     * {@return the hook of that name}
     *
     * @throws BackupException.BadRequest which says what it must be and what it is
     */
    public Hook hook(String name) {
        executable(name);
        return new Hook(this, name);
    }

    /** {@return the file to run, in which no link is left} */
    Path executable(String name) {
        try {
            var folder = path.toRealPath();
            if (!Files.isDirectory(folder)) {
                throw fault(path, "a folder", "something else");
            }
            requireOnlyOwnerWrites(folder);
            var file = path.resolve(name);
            var real = file.toRealPath();
            if (!real.startsWith(folder) || real.equals(folder)) {
                throw fault(file, "a file in '" + folder + "'", "a link to '" + real + "'");
            }
            if (!Files.isRegularFile(real)) {
                throw fault(file, "a regular file", Files.isDirectory(real) ? "a folder" : "something else");
            }
            if (!Files.isExecutable(real)) {
                throw fault(
                        file,
                        "a file that user '" + System.getProperty("user.name") + "' may execute",
                        "one that it may not" + mode(real));
            }
            requireOnlyOwnerWrites(real);
            return real;
        } catch (NoSuchFileException e) {
            throw fault(path.resolve(name), "an executable file", "nothing", e);
        } catch (IOException e) {
            throw fault(path.resolve(name), "an executable file", "one that cannot be looked at (" + e + ")", e);
        }
    }

    private static void requireOnlyOwnerWrites(Path file) throws IOException {
        if (hasModes(file) && Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS_WRITE::contains)) {
            throw fault(file, "one that only its owner may write to", "one that others may write to" + mode(file));
        }
    }

    private static boolean hasModes(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static String mode(Path file) throws IOException {
        return hasModes(file)
                ? ", its mode is " + PosixFilePermissions.toString(Files.getPosixFilePermissions(file))
                : "";
    }

    private static BackupException fault(Path file, String expected, String found) {
        return fault(file, expected, found, null);
    }

    private static BackupException fault(Path file, String expected, String found, @Nullable IOException cause) {
        return new BackupException.BadRequest(
                "hook '" + file + "': expected is " + expected + ", found is " + found,
                "Put an executable there that only its owner may write to (chmod 700), or take it out of the settings.",
                cause);
    }
}
