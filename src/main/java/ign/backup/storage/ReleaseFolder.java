package ign.backup.storage;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Objects;

/** A folder of somebody else's in which a backup may be put: only below a root that an operator has named. */
public final class ReleaseFolder {

    /** What becomes part of a release has no catalog; a file of this name there is no backup. */
    private static final String CATALOG = "backup_metadata.json";

    private ReleaseFolder() {}

    /**
     * {@return the store in that folder, which is made when something is written first}
     *
     * <p>Links on the way are followed, and counted for where they lead; so none leads out of the root.
     *
     * @param root exists; may be a link
     * @param setting the setting that names the root, for the messages
     * @throws BackupException.BadRequest when the folder is not in the root
     */
    public static BackupStore below(Path root, Path asked, String setting) {
        var folder = asked.toAbsolutePath().normalize();
        try {
            var realRoot = realRoot(root, setting);
            var real = real(folder);
            if (!real.startsWith(realRoot)) {
                throw new BackupException.BadRequest(
                        "'" + folder + "'" + (real.equals(folder) ? "" : ", which is '" + real + "',") + " is not in '"
                                + realRoot + "'",
                        "Name a folder in the one that the setting '" + setting + "' allows, or change that setting.");
            }
            return FolderStore.withoutLink(real, CATALOG);
        } catch (IOException e) {
            throw DiskFailure.reading(folder, e);
        }
    }

    private static Path realRoot(Path root, String setting) throws IOException {
        if (!Files.isDirectory(root)) {
            throw new BackupException.Unavailable(
                    "'" + root + "', the folder of the setting '" + setting + "', is not there",
                    "Make that folder, or name another one in the setting.");
        }
        return root.toRealPath();
    }

    /** {@return where a path leads; what is missing of it will be made there} */
    private static Path real(Path path) throws IOException {
        var present = path;
        while (!Files.exists(present, LinkOption.NOFOLLOW_LINKS)) {
            present = Objects.requireNonNull(present.getParent(), "the root of a file system is there");
        }
        if (!Files.isDirectory(present)) {
            throw new BackupException.BadRequest(
                    "'" + present + "' is not a folder"
                            + (Files.isSymbolicLink(present) ? ", but a link that leads to none" : ""),
                    "Name a folder, or one that is still to be made in a folder.");
        }
        return present.toRealPath().resolve(present.relativize(path)).normalize();
    }
}
