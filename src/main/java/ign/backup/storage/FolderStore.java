package ign.backup.storage;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import ign.backup.model.Digest;
import ign.backup.model.Scratch;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Backups in a folder of the server, which people can read, copy and check with their own tools.
 *
 * <p>One instance per folder and process. Several processes may use one folder.
 */
public final class FolderStore implements BackupStore {

    private static final String INITIAL = "initial_backup.json";
    private static final String COPY = ".copy";
    private static final int MAX_CATALOG_BYTES = 64 << 20;
    private static final Pattern FOLDER_NAME = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._-]{0,62}");

    private final Folder folder;
    private final String catalogName;
    private final Object claiming = new Object();

    /**
     * A store in {@code folder}, which is made when something is written first.
     *
     * @param folder may be a link, unlike everything inside it
     * @param catalogName file name of the catalog
     */
    public FolderStore(Path folder, String catalogName) {
        this(folder, catalogName, new LocalDisk());
    }

    FolderStore(Path folder, String catalogName, Disk disk) {
        this(new Folder(folder, true, disk), catalogName);
    }

    private FolderStore(Folder folder, String catalogName) {
        this.folder = folder;
        this.catalogName = catalogName;
    }

    /** {@return a store in a folder that is no link} */
    static FolderStore withoutLink(Path folder, String catalogName) {
        return new FolderStore(new Folder(folder, false, new LocalDisk()), catalogName);
    }

    /** {@return the store in the subfolder of a database other than the default one} */
    public FolderStore inside(DatabaseName database) {
        if (!FOLDER_NAME.matcher(database.value()).matches()) {
            throw new BackupException.BadRequest(
                    "'" + database + "' cannot be the name of a folder", "Name a database that exists on this server.");
        }
        var parent = folder.existing().orElse(folder.path());
        return new FolderStore(new Folder(parent.resolve(database.value()), false, folder.disk()), catalogName);
    }

    @Override
    public String location() {
        return folder.path().toString();
    }

    @Override
    public NewBackup create(BackupName name) {
        var file = fileOf(folder.ready(), name);
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            throw FolderNewBackup.taken(file);
        }
        return FolderNewBackup.begin(folder.disk(), name, file);
    }

    @Override
    public NewBackup replace(BackupName name) {
        var file = fileOf(folder.ready(), name);
        Folder.isFile(file);
        return FolderNewBackup.inPlaceOf(folder.disk(), name, file);
    }

    @Override
    public Scratch scratch() {
        return FolderScratch.open(folder.disk(), folder.ready());
    }

    @Override
    public StoredBackup open(BackupName name) {
        var place = folder.existing().orElseThrow(() -> notFound(name));
        var file = fileOf(place, name);
        if (!Folder.isFile(file)) {
            throw notFound(name);
        }
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            return new FolderStoredBackup(name, file, channel);
        } catch (NoSuchFileException e) {
            var gone = notFound(name);
            gone.addSuppressed(e);
            throw gone;
        } catch (IOException e) {
            throw DiskFailure.reading(file, e);
        }
    }

    @Override
    public boolean contains(BackupName name) {
        var place = folder.existing();
        return place.isPresent() && Folder.isFile(fileOf(place.get(), name));
    }

    @Override
    public List<BackupName> list() {
        var names = new ArrayList<BackupName>();
        for (var file : files()) {
            var name = file.getFileName().toString();
            if (BackupName.isBackupName(name) && isListed(name) && isRegular(file)) {
                names.add(new BackupName(name));
            }
        }
        names.sort(null);
        return List.copyOf(names);
    }

    private boolean isListed(String fileName) {
        return !fileName.startsWith(INITIAL) && !fileName.equals(catalogName);
    }

    @Override
    public boolean remove(BackupName name) {
        var place = folder.existing();
        if (place.isEmpty()) {
            return false;
        }
        var file = fileOf(place.get(), name);
        var sidecar = place.get().resolve(Sidecar.fileName(name));
        Folder.isFile(file);
        try {
            var removed = folder.disk().delete(file);
            folder.disk().forceFolder(place.get());
            if (isRegular(sidecar)) {
                folder.disk().delete(sidecar);
            }
            return removed;
        } catch (IOException e) {
            throw DiskFailure.writing(file, 0, e);
        }
    }

    @Override
    public Optional<Digest> digest(BackupName name) {
        return folder.read(Sidecar.fileName(name), Sidecar.MAX_BYTES).map(bytes -> Sidecar.read(name, bytes));
    }

    @Override
    public void writeDigest(BackupName name, Digest digest) {
        folder.write(Sidecar.fileName(name), Sidecar.write(name, digest));
    }

    @Override
    public CatalogCopies readCatalog() {
        return new CatalogCopies(
                folder.read(catalogName, MAX_CATALOG_BYTES), folder.read(catalogName + COPY, MAX_CATALOG_BYTES));
    }

    @Override
    public void writeCatalog(byte[] bytes) {
        folder.write(catalogName, bytes);
        folder.write(catalogName + COPY, bytes);
    }

    @Override
    public List<Leftover> sweep() {
        return new Sweep(folder.disk()).of(files());
    }

    @Override
    public Claim claim(String holder) {
        synchronized (claiming) {
            return FolderClaim.take(folder, holder);
        }
    }

    @Override
    public List<String> faults() {
        return folder.existing()
                .map(place -> FolderFaults.of(
                        place, files().stream().filter(FolderStore::isRegular).toList()))
                .orElse(List.of());
    }

    @Override
    public long freeBytes() {
        try {
            return DiskFailure.storeOf(folder.path()).getUsableSpace();
        } catch (IOException e) {
            throw DiskFailure.reading(folder.path(), e);
        }
    }

    private List<Path> files() {
        var place = folder.existing();
        if (place.isEmpty()) {
            return List.of();
        }
        var files = new ArrayList<Path>();
        try (var entries = Files.newDirectoryStream(place.get())) {
            entries.forEach(files::add);
            return files;
        } catch (NoSuchFileException gone) {
            return List.of();
        } catch (DirectoryIteratorException e) {
            throw DiskFailure.reading(place.get(), Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw DiskFailure.reading(place.get(), e);
        }
    }

    private static boolean isRegular(Path file) {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
    }

    private Path fileOf(Path place, BackupName name) {
        if (name.value().equals(catalogName)) {
            throw new BackupException.BadRequest(
                    "'" + name + "' is the catalog of the backups, not a backup",
                    "Name a backup; CALL ign.backup.list() shows them.");
        }
        return place.resolve(name.value());
    }

    private BackupException notFound(BackupName name) {
        return new BackupException.NotFound(
                "there is no backup '" + name + "' in '" + location() + "'",
                "CALL ign.backup.list() shows the backups there are.");
    }
}
