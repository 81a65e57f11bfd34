package ign.backup.metrics;

import ign.backup.model.BackupException;
import ign.backup.model.SmallFile;
import ign.backup.operation.Events;

/** Counts how operations end; a file keeps the counts from one start of the server to the next. */
public final class OperationCounters implements Events, AutoCloseable {

    private final SmallFile file;
    private final Events log;
    private Counts counts;
    private boolean saved = true;

    /**
     * Goes on where the file ends; one that cannot be read is said to the log, and counting begins at zero.
     *
     * @param file is written after each operation
     * @param log hears of a file that cannot be read or written, once until it can
     */
    public OperationCounters(SmallFile file, Events log) {
        this.file = file;
        this.log = log;
        this.counts = read();
    }

    private Counts read() {
        try {
            return file.read()
                    .map(bytes -> CountsJson.read(bytes, file.location()))
                    .orElse(Counts.NONE);
        } catch (BackupException e) {
            log.tell(new Warned("the counters of the metrics begin at zero: " + e.getMessage()));
            return Counts.NONE;
        }
    }

    @Override
    public synchronized void tell(Event event) {
        if (event instanceof Finished finished) {
            counts = counts.plus(finished.operation());
            save();
        } else if (event instanceof Failed failed) {
            counts = counts.plus(failed.operation());
            save();
        }
    }

    private void save() {
        try {
            file.write(CountsJson.write(counts));
            saved = true;
        } catch (BackupException e) {
            if (saved) {
                log.tell(new Warned("the counters of the metrics will not survive a restart: " + e.explanation()));
            }
            saved = false;
        }
    }

    synchronized Counts counts() {
        return counts;
    }

    /** Tries once more to keep what could not be written. */
    @Override
    public synchronized void close() {
        if (!saved) {
            save();
        }
    }
}
