package ign.backup.procedure;

import ign.backup.procedure.Rows.Helped;
import java.util.List;
import java.util.regex.Pattern;

/** What {@code ign.backup.help()} says; also the one place that says which options a procedure has. */
final class Help {

    private static final String DATABASE =
            "database: which database; by default that of the session, on 'system' the only one";
    private static final String FAIL_ON_ERROR =
            "failOnError (false): end with an error, not with a row that says success: false";

    static final Helped CREATE = new Helped(
            "ign.backup.create(reason, options)",
            "Makes a full backup of the graph while it is in use, and verifies it.",
            String.join(
                    "\n",
                    "auto (false): only if enough was changed since the last one; the tier is 'auto' then",
                    "compression ('none', 'zstd', 'gzip'): by default that of the tier",
                    "tier ('manual'): 'manual', 'auto', 'daily', 'weekly', 'monthly', 'pre-upgrade'",
                    "verify (true): read the file back before it counts and before older ones are removed",
                    "pin (false): keep retention from removing it",
                    "pauseWrites (false): let commits wait while it is written; no backup needs that",
                    "pauseTimeout ('20m'): how long they wait at most",
                    "traceId: an id of your own, kept in the file",
                    FAIL_ON_ERROR,
                    DATABASE),
            "CALL ign.backup.create('Before major update', {compression: 'zstd', pin: true})");

    static final Helped RESTORE = new Helped(
            "ign.backup.restore(file, options)",
            "Replaces the graph by that of a backup, the latest unless a file is named; any failure leaves the old graph.",
            String.join(
                    "\n",
                    "confirm (false): without it nothing is done, and the row says what would be",
                    "mode ('replace'): 'replace', 'into-empty' (the same, refused if there are nodes), 'merge' (creates and"
                            + " updates elements of the graph in use)",
                    "keys: for 'merge', from a label or type to the properties that identify its elements; refused with another mode",
                    "dryRun (false): judge, build and check, then throw away; needs no confirm",
                    "check (false): run Neo4j's consistency check over the new store before it is used",
                    "blockWrites (false): make the database read-only from the call to the swap, so that no write is lost",
                    "safetyBackup (true): keep the store that is replaced, for rollback; for 'merge', refuse without a good"
                            + " backup of the present state",
                    "warmup (false): read the new store into the page cache afterwards",
                    FAIL_ON_ERROR,
                    DATABASE),
            "CALL ign.backup.restore(null, {confirm: true})");

    static final Helped ROLLBACK = new Helped(
            "ign.backup.rollback(options)",
            "Puts the store that the last restore has replaced back in its place, and keeps the other one instead.",
            String.join("\n", FAIL_ON_ERROR, DATABASE),
            "CALL ign.backup.rollback()");

    static final Helped VERIFY = new Helped(
            "ign.backup.verify(file, options)",
            "Reads a whole backup, the latest unless a file is named, and tells everything that is wrong with it.",
            String.join(
                    "\n",
                    "level ('full'): 'full', 'restore' (also builds a store of it, has Neo4j check it, and throws it away)",
                    DATABASE),
            "CALL ign.backup.verify()");

    static final Helped LIST = new Helped(
            "ign.backup.list(options)",
            "Lists the backups, newest first.",
            String.join(
                    "\n",
                    "detailed (false): also those that were removed, and all that is known of each",
                    "trend (false): oldest first, also those that were removed, with the growth since the one before of the"
                            + " same tier",
                    DATABASE),
            "CALL ign.backup.list({detailed: true})");

    static final Helped INFO = new Helped(
            "ign.backup.info(file, options)",
            "Tells what a backup holds, where it comes from and whether it is whole; no row for an unknown file.",
            DATABASE,
            "CALL ign.backup.info('ign_scripts_db_backup_20250128_143022.json')");

    static final Helped STATUS = new Helped(
            "ign.backup.status(options)",
            "Tells the counts of the graph now and in the last backup, whether a backup is recommended, and what runs.",
            DATABASE,
            "CALL ign.backup.status()");

    static final Helped CANCEL = new Helped(
            "ign.backup.cancel(options)",
            "Ends the running operation of the database; it leaves nothing behind.",
            DATABASE,
            "CALL ign.backup.cancel()");

    static final Helped PIN = new Helped(
            "ign.backup.pin(file, options)",
            "Keeps retention from removing a backup.",
            DATABASE,
            "CALL ign.backup.pin('ign_scripts_db_backup_20250128_143022.json')");

    static final Helped UNPIN = new Helped(
            "ign.backup.unpin(file, options)",
            "Lets retention remove a pinned backup again when its time has come.",
            DATABASE,
            "CALL ign.backup.unpin('ign_scripts_db_backup_20250128_143022.json')");

    static final Helped INIT = new Helped(
            "ign.backup.init(options)",
            "Makes initial_backup.json, with which a distribution fills an empty database, and verifies it before it replaces an"
                    + " older one.",
            String.join(
                    "\n",
                    "from: a name from ign.backup.list(), to make it of that backup; by default it is made of the graph as it is",
                    "to: a folder that gets it as well, absolute or from the Neo4j home; only where the setting 'release_root' allows it",
                    "reason: why, kept in the file; by default that of the backup it is made of, or 'Initial distribution backup'",
                    FAIL_ON_ERROR,
                    DATABASE),
            "CALL ign.backup.init({reason: 'Release v1.5.0 distribution backup'})");

    static final Helped AUTO = new Helped(
            "ign.backup.auto(options)",
            "Makes a backup if enough was changed since the last one, and says so otherwise.",
            String.join("\n", FAIL_ON_ERROR, DATABASE),
            "CALL ign.backup.auto()");

    static final Helped CONFIGURE = new Helped(
            "ign.backup.configure(settings)",
            "Changes settings while the server runs, and lists all of them as they are in force.",
            "",
            "CALL ign.backup.configure({node_threshold: 100, `auto.min_interval`: '10m'})");

    static final Helped PRUNE = new Helped(
            "ign.backup.prune(options)",
            "Removes the backups that retention does not keep, and says for each why it stays or goes.",
            String.join("\n", "dryRun (false): only say what would become of each", DATABASE),
            "CALL ign.backup.prune({dryRun: true})");

    static final Helped HEALTH = new Helped(
            "ign.backup.health(options)",
            "Looks at everything that backups depend on, and says what to do where it is not OK.",
            DATABASE,
            "CALL ign.backup.health()");

    static final Helped SCHEDULE = new Helped(
            "ign.backup.schedule()",
            "Lists what is done by a timetable, and when next.",
            "",
            "CALL ign.backup.schedule()");

    static final Helped HELP =
            new Helped("ign.backup.help()", "Lists the procedures with their options.", "", "CALL ign.backup.help()");

    static final List<Helped> ROWS = List.of(
            CREATE, RESTORE, ROLLBACK, INIT, LIST, INFO, VERIFY, STATUS, AUTO, HEALTH, SCHEDULE, CONFIGURE, PRUNE,
            CANCEL, PIN, UNPIN, HELP);

    private static final Pattern OPTION = Pattern.compile("(?m)^(\\w+)");

    private Help() {}

    /** {@return the names of a procedure's options: the first word of each line} */
    static String[] optionsOf(Helped procedure) {
        return OPTION.matcher(procedure.options())
                .results()
                .map(match -> match.group(1))
                .toArray(String[]::new);
    }
}
