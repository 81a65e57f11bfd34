package ign.backup.graph.export;

import org.neo4j.internal.kernel.api.CursorFactory;
import org.neo4j.internal.kernel.api.Read;
import org.neo4j.internal.kernel.api.TokenRead;
import org.neo4j.io.pagecache.context.CursorContext;
import org.neo4j.kernel.api.ExecutionContext;
import org.neo4j.kernel.api.KernelTransaction;
import org.neo4j.memory.MemoryTracker;

/** What reading through the kernel needs, of a transaction or of one of its execution contexts. For one thread. */
record KernelView(Read read, TokenRead tokens, CursorFactory cursors, CursorContext pages, MemoryTracker memory) {

    static KernelView of(KernelTransaction transaction) {
        return new KernelView(
                transaction.dataRead(),
                transaction.tokenRead(),
                transaction.cursors(),
                transaction.cursorContext(),
                transaction.memoryTracker());
    }

    static KernelView of(ExecutionContext context) {
        return new KernelView(
                context.dataRead(),
                context.tokenRead(),
                context.cursors(),
                context.cursorContext(),
                context.memoryTracker());
    }
}
