package ign.backup.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What is wrong with the rights to a folder and its files: that we cannot write, or that strangers can read. */
final class FolderFaults {

    private static final Set<PosixFilePermission> STRANGERS = EnumSet.of(
            PosixFilePermission.OTHERS_READ, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_EXECUTE);

    private FolderFaults() {}

    /** {@return the faults, a clause each} */
    static List<String> of(Path folder, List<Path> files) {
        var faults = new ArrayList<String>();
        if (!Files.isWritable(folder)) {
            faults.add("'" + folder + "' cannot be written by user '" + System.getProperty("user.name") + "'");
        }
        if (isOpen(folder)) {
            faults.add("'" + folder + "' is open to every user of the machine, its mode is " + mode(folder));
        }
        var open = files.stream().filter(FolderFaults::isOpen).toList();
        if (!open.isEmpty()) {
            faults.add(open.size() + " files in it are open to every user of the machine, such as '"
                    + open.get(0).getFileName() + "'");
        }
        var unreadable = files.stream()
                .filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isReadable(file))
                .toList();
        if (!unreadable.isEmpty()) {
            faults.add(unreadable.size() + " files in it cannot be read, such as '"
                    + unreadable.get(0).getFileName() + "'");
        }
        return faults;
    }

    private static boolean isOpen(Path path) {
        return permissions(path).stream().anyMatch(STRANGERS::contains);
    }

    private static String mode(Path path) {
        return PosixFilePermissions.toString(permissions(path));
    }

    private static Set<PosixFilePermission> permissions(Path path) {
        try {
            return LocalDisk.hasModes(path) ? Files.getPosixFilePermissions(path, LinkOption.NOFOLLOW_LINKS) : Set.of();
        } catch (NoSuchFileException gone) { // as a backup that is removed in this moment
            return Set.of();
        } catch (IOException e) {
            throw DiskFailure.reading(path, e);
        }
    }
}
