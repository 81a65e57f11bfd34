package ign.backup.plugin;

import ign.backup.storage.StateFile;
import org.neo4j.configuration.GraphDatabaseSettings;

/** The plugin's own folder in the server's data, for what is kept over restarts and is no backup. */
final class DataFolder {

    private DataFolder() {}

    static StateFile file(BackupExtensionFactory.Dependencies server, String name) {
        return new StateFile(
                server.config().get(GraphDatabaseSettings.data_directory).resolve("ign-backup"), name);
    }
}
