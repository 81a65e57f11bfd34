package ign.backup.storage;

/** A store taken by one operation until it is closed. */
@FunctionalInterface
public interface Claim extends AutoCloseable {

    /** Gives the store free. */
    @Override
    void close();
}
