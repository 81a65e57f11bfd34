package ign.backup.forensics;

import com.sun.management.GarbageCollectorMXBean;
import com.sun.management.GcInfo;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/**
 * How full the heap is.
 *
 * @param usedBytes with what nobody needs any more and no collection has found yet
 * @param maxBytes what it can grow to
 * @param keptBytes what the last collection has left; empty when there was none
 * @param collections how many there were since the start
 * @param collectionMillis how long they took together
 */
public record HeapUse(long usedBytes, long maxBytes, OptionalLong keptBytes, long collections, long collectionMillis) {

    private static final double BYTES_OF_A_MEBIBYTE = 1024.0 * 1024.0;

    /** {@return how full it is at the moment} */
    public static HeapUse now() {
        var heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
        var collectors = ManagementFactory.getPlatformMXBeans(GarbageCollectorMXBean.class);
        return new HeapUse(
                heap.getUsed(),
                heap.getMax() > 0 ? heap.getMax() : heap.getCommitted(),
                kept(collectors),
                collectors.stream()
                        .mapToLong(each -> Math.max(0, each.getCollectionCount()))
                        .sum(),
                collectors.stream()
                        .mapToLong(each -> Math.max(0, each.getCollectionTime()))
                        .sum());
    }

    private static OptionalLong kept(List<GarbageCollectorMXBean> collectors) {
        var pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getName)
                .collect(Collectors.toSet());
        return collectors.stream()
                .map(GarbageCollectorMXBean::getLastGcInfo)
                .filter(Objects::nonNull)
                .max(Comparator.comparingLong(GcInfo::getEndTime))
                .map(last -> last.getMemoryUsageAfterGc().entrySet().stream()
                        .filter(pool -> pools.contains(pool.getKey()))
                        .mapToLong(pool -> pool.getValue().getUsed())
                        .sum())
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    /** {@return whether more than so many percent are used; exactly so many are not more} */
    public boolean isAbove(int percent) {
        return (double) usedBytes * 100 > (double) maxBytes * percent;
    }

    /** {@return a clause for people} */
    public String inWords() {
        var kept = keptBytes.isPresent() ? percent(keptBytes.getAsLong()) + " after the last collection, " : "";
        return String.format(
                Locale.ROOT,
                "%s of the heap are used, %.0f of %.0f MiB (%s%d collections took %.1f s)",
                percent(usedBytes),
                usedBytes / BYTES_OF_A_MEBIBYTE,
                maxBytes / BYTES_OF_A_MEBIBYTE,
                kept,
                collections,
                collectionMillis / 1000.0);
    }

    private String percent(long bytes) {
        return String.format(Locale.ROOT, "%.1f %%", 100.0 * bytes / maxBytes);
    }
}
