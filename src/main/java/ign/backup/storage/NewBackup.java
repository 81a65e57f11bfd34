package ign.backup.storage;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.BackupOutput;

/** A backup on its way into a store: written, then published, then verified by somebody, and withdrawn if that failed. */
public interface NewBackup extends BackupOutput, AutoCloseable {

    /** {@return the name it will have} */
    BackupName name();

    /** {@return what was written so far, made durable, to be read before it has its name; valid until this is published or closed} */
    StoredBackup written();

    /**
     * Makes all that was written durable and shows it under its name, once; nothing can be written afterwards.
     *
     * @throws BackupException.Busy when the name was taken in the meantime; what has that name is untouched
     */
    void publish();

    /** Hides a published backup again, for it turned out to be bad; closing removes it. Not for one that has replaced another. */
    void withdraw();

    /** Frees what is held. What is not published, or was withdrawn, is gone afterwards. */
    @Override
    void close();
}
