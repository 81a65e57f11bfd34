package ign.backup.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Removes what dead writers left. A writer is alive as long as it holds the lock of its file. */
final class Sweep {

    private final Disk disk;

    Sweep(Disk disk) {
        this.disk = disk;
    }

    List<Leftover> of(List<Path> files) {
        var found = new ArrayList<Leftover>();
        for (var file : files) {
            var name = file.getFileName().toString();
            var writer = TemporaryFile.writerOf(name);
            if ((writer.isPresent() || TemporaryFile.isReservation(name))
                    && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
                judge(file, writer).ifPresent(found::add);
            }
        }
        return found;
    }

    private Optional<Leftover> judge(Path file, Optional<String> writer) {
        if (writer.isPresent() && writer.get().equals(TemporaryFile.processToken())) {
            return Optional.of(left(file, 0, "this server is writing it"));
        }
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS)) {
            var sizeBytes = channel.size();
            if (channel.tryLock() == null) {
                return Optional.of(left(file, sizeBytes, "another process is writing it"));
            }
            disk.delete(file);
            return Optional.of(new Leftover(
                    file.getFileName().toString(), sizeBytes, true, "its writer ended before it was complete"));
        } catch (OverlappingFileLockException alive) {
            return Optional.of(left(file, 0, "this server is writing it: " + alive));
        } catch (NoSuchFileException gone) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(left(file, 0, DiskFailure.writing(file, 0, e).explanation()));
        }
    }

    private static Leftover left(Path file, long sizeBytes, String reason) {
        return new Leftover(file.getFileName().toString(), sizeBytes, false, reason);
    }
}
