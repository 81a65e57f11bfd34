package ign.backup.model;

/**
 * One point in the life of a store.
 *
 * @param storeId tells it from every other store
 * @param txId the last transaction that was committed by then
 */
public record StorePoint(String storeId, long txId) {}
