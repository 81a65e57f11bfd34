package ign.backup.graph;

import ign.backup.model.Progress;
import ign.backup.model.StopSignal;

/** Looks for a stop and reports progress every few thousand elements, so that a tight loop pays nearly nothing for it. */
final class Pace {

    private static final int STEP = 4096;

    private final StopSignal stop;
    private final Progress progress;
    private int unreported;

    Pace(StopSignal stop, Progress progress) {
        this.stop = stop;
        this.progress = progress;
    }

    /** One more element is done. */
    void element() {
        if (++unreported == STEP) {
            end();
            stop.check();
        }
    }

    /** Reports what is left. */
    void end() {
        progress.advance(unreported);
        unreported = 0;
    }
}
