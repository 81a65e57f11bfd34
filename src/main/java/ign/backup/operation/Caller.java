package ign.backup.operation;

import ign.backup.model.DatabaseName;

/** Who calls, and from where; a restore must not stop the database under its own caller. */
public interface Caller {

    /** {@return the name of the user} */
    String user();

    /** {@return whether the caller's own transaction lives in that database} */
    boolean isIn(DatabaseName database);

    /** {@return whether the caller's own transaction has ended} */
    boolean hasLeft();
}
