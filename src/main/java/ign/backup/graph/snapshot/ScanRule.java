package ign.backup.graph.snapshot;

/** What the scan does with one element. */
@FunctionalInterface
interface ScanRule {

    /**
     * The right one: first read, then take.
     *
     * <p>When the element was free, nobody had begun to replace it before it was read, since a commit takes before it changes the
     * store. When it was taken, a commit has saved it, or has created it, and what was read may be torn.
     */
    ScanRule READ_THEN_TAKE = (element, taken) -> {
        RuntimeException failure = null;
        try {
            element.read();
        } catch (RuntimeException e) {
            failure = e;
        }
        if (!taken.take(element.id())) {
            element.discard();
        } else if (failure == null) {
            element.keep();
        } else {
            element.discard();
            throw failure;
        }
    };

    void apply(ScannedElement element, Taken taken);
}
