package ign.backup.graph.restore;

import ign.backup.graph.restore.SwapJournal.Origin;
import ign.backup.model.BackupException;
import ign.backup.model.KeptStore;
import ign.backup.model.StopSignal;
import java.util.Optional;
import java.util.OptionalLong;

/** The store that was kept when another one took its place. */
public final class KeptStoreSwap {

    /** What has replaced a store that a rollback keeps. */
    private static final String ROLLBACK = "rollback";

    private final LiveStore live;
    private final StoreSwap swap;

    /** Of that database. */
    public KeptStoreSwap(LiveStore live) {
        this.live = live;
        this.swap = new StoreSwap(live.layout(), step -> {});
    }

    /** {@return what is kept, if anything is} */
    public Optional<KeptStore> kept() {
        return swap.kept();
    }

    /** {@return what is kept} */
    public KeptStore require() {
        return kept().orElseThrow(() -> new BackupException.NotFound(
                "no store is kept for database '" + live.name() + "'",
                "A restore keeps the one that it replaces, until the next one or until 'keep_old_store' has passed;"
                        + " CALL ign.backup.restore() brings a backup back."));
    }

    /** Puts it back in its place; what served until then is kept instead. */
    public Replacement swap(SwapOptions options, StopSignal stop) {
        require();
        var next = new LiveSwap.Next(
                Origin.KEPT, swap.keptFolders(), ROLLBACK, OptionalLong.empty(), OptionalLong.empty());
        return LiveSwap.make(live, next, options, stop);
    }

    /** Removes it. */
    public void remove() {
        swap.removeKept();
    }
}
