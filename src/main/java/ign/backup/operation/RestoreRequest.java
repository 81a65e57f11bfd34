package ign.backup.operation;

import ign.backup.model.BackupName;
import ign.backup.model.DatabaseName;
import java.util.Optional;

/**
 * What a caller wants restored.
 *
 * @param file empty means the latest good backup
 * @param confirmed without it nothing is done, and the answer says what would be
 */
public record RestoreRequest(DatabaseName database, Optional<BackupName> file, boolean confirmed, Caller caller) {}
