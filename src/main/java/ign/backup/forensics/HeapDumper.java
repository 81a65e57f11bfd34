package ign.backup.forensics;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** What writes a heap dump. */
@FunctionalInterface
public interface HeapDumper {

    /** Writes what is reachable to a file that does not exist yet and ends in {@code .hprof}; meanwhile nothing else runs in this JVM. */
    void dump(Path file) throws IOException;

    /** {@return that of this JVM, as {@code jcmd … GC.heap_dump} does it: after a collection, without what nobody needs} */
    static HeapDumper ofThisJvm() {
        return file -> {
            @Nullable HotSpotDiagnosticMXBean hotSpot = ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
            if (hotSpot == null) {
                throw new IOException("this JVM has no HotSpotDiagnosticMXBean");
            }
            hotSpot.dumpHeap(file.toString(), true);
        };
    }
}
