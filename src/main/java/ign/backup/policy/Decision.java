package ign.backup.policy;

import ign.backup.model.CatalogEntry;

/**
 * What happens to one backup, and why.
 *
 * @param reason one clause
 */
public record Decision(CatalogEntry entry, boolean remove, String reason) {

    static Decision keep(CatalogEntry entry, String reason) {
        return new Decision(entry, false, reason);
    }

    static Decision remove(CatalogEntry entry, String reason) {
        return new Decision(entry, true, reason);
    }
}
