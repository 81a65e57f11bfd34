package ign.backup.operation;

import ign.backup.model.BackupException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where every call of a face comes through: says who may pass, and why the plugin is disabled if it is. */
public final class AccessGate {

    private final Set<String> allowedUsers;
    private final @Nullable Backups backups;
    private final List<String> faults;

    private AccessGate(Set<String> allowedUsers, @Nullable Backups backups, List<String> faults) {
        this.allowedUsers = Set.copyOf(allowedUsers);
        this.backups = backups;
        this.faults = List.copyOf(faults);
    }

    /** Lets those users pass, or everyone if there are none. */
    public static AccessGate to(Backups backups, Set<String> allowedUsers) {
        return new AccessGate(allowedUsers, backups, List.of());
    }

    /** Lets nobody pass, and says why. */
    public static AccessGate closed(List<String> faults) {
        return new AccessGate(Set.of(), null, faults);
    }

    /**
     * {@return what the user may do everything with}
     *
     * @throws BackupException.Unavailable when the plugin is disabled
     * @throws BackupException.BadRequest when this user may not call it
     */
    public Backups enter(String user) {
        if (!allowedUsers.isEmpty() && !allowedUsers.contains(user)) {
            throw new BackupException.BadRequest(
                    "user '" + user + "' may not call ign.backup",
                    "An administrator can add the name to the setting 'allowed_users'.");
        }
        if (backups == null) {
            throw new BackupException.Unavailable(
                    "ign.backup is disabled: " + String.join("; ", faults),
                    "Correct conf/ign-backup.conf (or the environment) and restart the server.");
        }
        return backups;
    }
}
