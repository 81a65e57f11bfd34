package ign.backup.graph.restore;

import java.time.Duration;

/**
 * How a store takes the place of another one.
 *
 * @param grace how long the open transactions may go on before they are ended with an error that drivers repeat
 * @param keepOld whether the replaced store is kept for a rollback
 * @param whenGuarded called once nobody can commit any more, while the old store still serves
 */
public record SwapOptions(Duration grace, boolean keepOld, Runnable whenGuarded) {}
