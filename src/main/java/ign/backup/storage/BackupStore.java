package ign.backup.storage;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Digest;
import ign.backup.model.Scratch;
import java.util.List;
import java.util.Optional;

/**
 * The place where backups are kept: files that appear only when whole, a digest beside each, and the catalog of all.
 *
 * <p>Every method may throw {@link BackupException.Unavailable} when the place cannot be reached, is full or denies. Methods that
 * write make the place when it is not there yet; methods that read find it empty then. Safe to be used by several threads.
 */
public interface BackupStore {

    /** {@return where this is, in words that a user can follow} */
    String location();

    /**
     * Opens a new backup for writing.
     *
     * <p>It becomes visible under its name when published, whole or not at all; closed without publishing it leaves no trace.
     *
     * @param name unique in this store; a taken name is {@link BackupException.Busy}
     * @return a backup the caller closes; nothing of what is written is held in memory
     */
    NewBackup create(BackupName name);

    /**
     * As {@link #create}, in place of the backup of that name, if there is one: it stays as it is until the new one is published, which
     * takes its place at once. The digest beside it goes just before.
     */
    NewBackup replace(BackupName name);

    /**
     * Opens room beside the backups for bytes that are needed for a while only; a crash leaves what {@link #sweep} removes.
     *
     * @return room that the caller closes
     */
    Scratch scratch();

    /**
     * Opens a backup for reading.
     *
     * @return a backup the caller closes
     * @throws BackupException.NotFound when there is none of that name
     */
    StoredBackup open(BackupName name);

    /** {@return whether a backup of that name can be opened} */
    boolean contains(BackupName name);

    /**
     * {@return the names of all backups, in order of the alphabet}
     *
     * <p>Not among them: {@code initial_backup.json*}, which can be opened nevertheless, the catalog, the files beside the backups,
     * links, and whatever else has no name of a backup.
     */
    List<BackupName> list();

    /**
     * Removes a backup, durably, and then its digest. May be repeated after it was interrupted.
     *
     * @return whether the backup was there
     */
    boolean remove(BackupName name);

    /**
     * {@return the digest that stands beside a backup, or empty when none does}
     *
     * @throws BackupException.Damaged when what stands there is no digest of this backup
     */
    Optional<Digest> digest(BackupName name);

    /** Puts a digest beside a backup, durably, in place of the one that is there. */
    void writeDigest(BackupName name, Digest digest);

    /** {@return both copies of the catalog as they are stored} */
    CatalogCopies readCatalog();

    /** Replaces both copies of the catalog, durably, one after the other, each at once or not at all. */
    void writeCatalog(byte[] bytes);

    /**
     * Removes what dead writers left behind; to be called at start. What a living writer, here or in another process, still writes
     * stays, and so does everything that is not ours.
     *
     * @return what was found, for the log
     */
    List<Leftover> sweep();

    /**
     * Takes the whole store for one writing operation, among all processes that use it. Reading needs no claim.
     *
     * @param holder who takes it, since when and for what, to be told to others
     * @return a claim the caller closes; it also ends with the process
     * @throws BackupException.Busy with the present holder's words, when it is taken
     */
    Claim claim(String holder);

    /** {@return what is wrong with the place, such as that others can read it, a clause each; none while it is not there} */
    List<String> faults();

    /** {@return how many bytes can still be written} */
    long freeBytes();
}
