package ign.backup.storage;

import ign.backup.testkit.StoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FolderStoreTest extends StoreContract {

    @TempDir
    private Path parent;

    @Override
    protected BackupStore store() {
        return new FolderStore(parent.resolve("fullbackup"), "backup_metadata.json");
    }
}
