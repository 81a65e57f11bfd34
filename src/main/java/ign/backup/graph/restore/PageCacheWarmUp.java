package ign.backup.graph.restore;

import ign.backup.model.BackupException;
import ign.backup.model.Progress;
import ign.backup.model.StopSignal;
import ign.backup.model.Warmth;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.neo4j.io.pagecache.PageCache;
import org.neo4j.io.pagecache.PagedFile;
import org.neo4j.io.pagecache.context.CursorContext;

/** Reads every page of a database's stores and indexes once, so that the first queries find them in memory, as far as it reaches. */
final class PageCacheWarmUp {

    private final LiveStore live;

    PageCacheWarmUp(LiveStore live) {
        this.live = live;
    }

    Warmth run(Progress progress, StopSignal stop) {
        long began = System.nanoTime();
        try {
            var files = mapped();
            long total = 0;
            for (var file : files) {
                total += file.fileSize();
            }
            progress.phase("warm-up", total, "bytes");
            long bytes = 0;
            for (var file : files) {
                bytes += read(file, progress, stop);
            }
            return new Warmth(files.size(), bytes, Duration.ofNanos(System.nanoTime() - began));
        } catch (IOException e) {
            throw new BackupException.Unavailable(
                    "the store could not be read into the page cache: " + e.getMessage(),
                    "The database is restored and runs; look at its disk.",
                    e);
        }
    }

    private List<PagedFile> mapped() throws IOException {
        var folder = live.layout().databaseDirectory();
        return live.part(PageCache.class).listExistingMappings().stream()
                .filter(file -> file.path().startsWith(folder))
                .toList();
    }

    private static long read(PagedFile file, Progress progress, StopSignal stop) throws IOException {
        long bytes = 0;
        try (var cursor = file.io(0, PagedFile.PF_SHARED_READ_LOCK, CursorContext.NULL_CONTEXT)) {
            while (cursor.next()) {
                stop.check();
                bytes += file.pageSize();
                progress.advance(file.pageSize());
            }
        }
        return bytes;
    }
}
