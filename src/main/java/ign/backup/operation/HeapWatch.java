package ign.backup.operation;

import ign.backup.forensics.HeapDumps;
import ign.backup.forensics.HeapUse;
import ign.backup.model.BackupException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at the heap before a backup, and keeps a dump of it when it is nearly full; no backup fails for that. */
public final class HeapWatch {

    private static final DateTimeFormatter TIMESTAMP = DateTimeFormatter.ofPattern("yyyyMMdd_HHmmss", Locale.ROOT);
    private static final double BYTES_OF_A_MEBIBYTE = 1024.0 * 1024.0;

    private final int percent;
    private final Optional<HeapDumps> dumps;
    private final Supplier<HeapUse> heap;
    private final Clock clock;
    private final Events events;

    /**
     * Watches a heap.
     *
     * @param percent nothing is said up to this share
     * @param dumps where dumps go; empty when none are wanted
     * @param clock has the zone of the names
     */
    public HeapWatch(int percent, Optional<HeapDumps> dumps, Supplier<HeapUse> heap, Clock clock, Events events) {
        this.percent = percent;
        this.dumps = dumps;
        this.heap = heap;
        this.clock = clock;
        this.events = events;
    }

    /** Looks once, and tells the log. {@return what the reader of the backup's result should know, a clause each} */
    List<String> look(Running<?> work) {
        var use = heap.get();
        if (!use.isAbove(percent)) {
            return List.of();
        }
        var remarks = new ArrayList<String>();
        remark(remarks, "before the backup " + use.inWords() + ", the limit is " + percent + " %");
        dumps.ifPresent(where -> {
            work.phase("heap dump", 0, "");
            dump(where, use, remarks);
        });
        return remarks;
    }

    private void dump(HeapDumps where, HeapUse use, List<String> remarks) {
        try {
            var dump = where.make(TIMESTAMP.format(OffsetDateTime.now(clock)), use.usedBytes());
            var made = String.format(
                    Locale.ROOT, "heap dump '%s' made, %.0f MiB", dump.file(), dump.sizeBytes() / BYTES_OF_A_MEBIBYTE);
            remarks.add(made);
            events.tell(new Events.Noted(made));
            dump.removed().forEach(name -> events.tell(new Events.Noted("removed heap dump '" + name + "'")));
            dump.left().ifPresent(why -> remark(remarks, "an older heap dump could not be removed: " + why));
        } catch (BackupException e) {
            remark(remarks, "no heap dump was made: " + e.getMessage());
        } catch (RuntimeException e) { // whatever the JVM has against it, the backup is what counts
            remark(remarks, "no heap dump was made: " + e);
        }
    }

    private void remark(List<String> remarks, String message) {
        remarks.add(message);
        events.tell(new Events.Warned(message));
    }
}
