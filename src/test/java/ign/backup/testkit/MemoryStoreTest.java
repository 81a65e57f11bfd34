package ign.backup.testkit;

import ign.backup.storage.BackupStore;

class MemoryStoreTest extends StoreContract {

    @Override
    protected BackupStore store() {
        return new MemoryStore();
    }
}
