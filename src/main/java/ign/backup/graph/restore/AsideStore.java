package ign.backup.graph.restore;

import ign.backup.graph.build.BuildOptions;
import ign.backup.graph.build.BuildPlan;
import ign.backup.graph.build.Importer;
import ign.backup.graph.build.Staging;
import ign.backup.graph.build.StoreBuild;
import ign.backup.graph.build.StoreCheck;
import ign.backup.graph.build.StoreLoader;
import ign.backup.graph.restore.SwapJournal.Origin;
import ign.backup.model.GraphState;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import java.util.Optional;
import java.util.OptionalLong;

/** A store that is built by Neo4j's importer, in the process of the server, beside the one that serves. */
public final class AsideStore implements NewStore {

    /**
     * How many transactions may be committed while a store is built: its own ids begin behind them. A server that commits a hundred
     * thousand a second would need three hours for so many.
     */
    private static final long ROOM_FOR_IDS = 1L << 30;

    /** What Neo4j sets aside for the first file of a new store's transaction log. */
    private static final long LOG_BYTES = 256L << 20;

    private final LiveStore live;
    private final Staging staging;
    private final BuildOptions options;
    private final OptionalLong knownTxId;
    private final long lastTxId;
    private boolean inPlace;

    private AsideStore(LiveStore live, Staging staging, BuildOptions options, OptionalLong knownTxId) {
        this.live = live;
        this.staging = staging;
        this.options = options;
        this.knownTxId = knownTxId;
        // The time in milliseconds is above all that anybody has counted, for one that cannot be asked.
        this.lastTxId = knownTxId.orElse(live.now().toEpochMilli()) + ROOM_FOR_IDS;
    }

    /**
     * A place for a new store; nothing is written yet.
     *
     * @param before where the database stood when the restore was called; empty when it does not run
     */
    public static AsideStore of(LiveStore live, BuildOptions options, Optional<GraphState> before) {
        var staging = Staging.of(live.layout(), live.config(), options.staging(), options.memoryBytes() / 2);
        var knownTxId = before.map(state -> OptionalLong.of(state.lastTxId())).orElse(OptionalLong.empty());
        return new AsideStore(live, staging, options, knownTxId);
    }

    @Override
    public StoreLoader load(BuildPlan plan, Progress progress, StopSignal stop) {
        staging.prepare(plan.documentBytes() + plan.documentBytes() / 5 + LOG_BYTES);
        var importer = Importer.of(
                staging,
                options,
                plan.lookupIndexes(),
                lastTxId,
                new Importer.Environment(live.fileSystem(), live.scheduler()));
        return StoreBuild.begin(plan, importer, new FirstStep(progress, live), stop);
    }

    @Override
    public long sizeBytes() {
        return staging.sizeBytes();
    }

    @Override
    public void check(Progress progress, StopSignal stop) {
        progress.phase("check", 0, "");
        stop.check();
        new StoreCheck(staging, options).run();
        stop.check();
    }

    @Override
    public Replacement swap(String source, SwapOptions swapOptions, Progress progress, StopSignal stop) {
        progress.phase("swap", 0, "");
        live.reached(RestoreStep.BUILT);
        var next = new LiveSwap.Next(Origin.BUILT, staging.folders(), source, OptionalLong.of(lastTxId + 1), knownTxId);
        var replacement = LiveSwap.make(live, next, swapOptions, stop);
        inPlace = true;
        return replacement;
    }

    @Override
    public void close() {
        if (!inPlace) {
            staging.remove();
        }
    }

    /** Tells once that elements have begun to be written. */
    private static final class FirstStep implements Progress {
        private final Progress progress;
        private final LiveStore live;
        private boolean told;

        FirstStep(Progress progress, LiveStore live) {
            this.progress = progress;
            this.live = live;
        }

        @Override
        public void phase(String name, long total, String unit) {
            progress.phase(name, total, unit);
        }

        @Override
        public void advance(long amount) {
            progress.advance(amount);
            tell();
        }

        private synchronized void tell() {
            if (!told) {
                told = true;
                live.reached(RestoreStep.BUILDING);
            }
        }
    }
}
