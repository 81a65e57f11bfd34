package ign.backup.storage;

/** What a person finds in a backup folder who has never heard of us. */
final class FolderGuide {

    static final String TEXT = """
            # Backups of a Neo4j graph

            The plugin IGN Backup writes this folder. It can be moved or copied as a whole: nothing in it names another place.

            | file | what it is |
            |---|---|
            | `*.json` | a backup: one JSON document with the nodes, relationships, indexes and constraints of one instant |
            | `*.json.zst`, `*.json.gz` | the same, compressed; `zstd -d` or `gunzip` unpacks it |
            | `<backup>.sha256` | the digest of that backup |
            | `backup_metadata.json`, `backup_metadata.json.copy` | the list of the backups and their history, twice |
            | `initial_backup.json` | what a new, empty database can start with; never removed by the plugin |
            | `initial_data.cypher` | statements for a new, empty database, if the setting `initial_data` names this file |
            | `.ign-backup-*.part` | a file that is being written; what a crash left of one goes at the next start of the server |
            | `.ign-backup.lock`, `.ign-backup.holder` | who writes here at the moment |

            Files under other names are left alone.

            ## Check

                sha256sum -c *.sha256

            or, with structure and counts, in Cypher: `CALL ign.backup.verify('<backup>')`.

            ## Restore

                CALL ign.backup.list();
                CALL ign.backup.restore('<backup>', {confirm: true});

            To restore on another server, copy the backup and its `.sha256` into that server's backup folder first.

            ## Remove

            Old backups go by themselves once a newer one has been verified; a pinned one stays: `CALL ign.backup.pin('<backup>')`.
            """;

    private FolderGuide() {}
}
