package ign.backup.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ign.backup.model.BackupException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Which files may be run. */
@Timeout(30)
class HookFolderTest {

    @TempDir
    private Path root;

    private Path folder = Path.of("");

    @BeforeEach
    void makeFolder() throws IOException {
        folder = Files.createDirectory(root.toRealPath().resolve("hooks"));
        mode(folder, "rwxr-xr-x");
        file("good.sh", "rwxr-xr-x");
    }

    private static void mode(Path file, String mode) throws IOException {
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    }

    private Path file(String name, String mode) throws IOException {
        var file = Files.writeString(folder.resolve(name), "#!/bin/sh\n");
        mode(file, mode);
        return file;
    }

    private void refused(String name, String message) {
        assertThatThrownBy(() -> new HookFolder(folder).hook(name))
                .isInstanceOf(BackupException.BadRequest.class)
                .hasMessage(message);
    }

    @Test
    void anExecutableOfTheFolderIsFoundAlsoThroughLinksInIt() throws IOException {
        Files.createSymbolicLink(folder.resolve("current.sh"), Path.of("good.sh"));
        var link = Files.createSymbolicLink(root.resolve("link"), folder);

        assertThat(new HookFolder(folder).executable("good.sh")).isEqualTo(folder.resolve("good.sh"));
        assertThat(new HookFolder(folder).executable("current.sh")).isEqualTo(folder.resolve("good.sh"));
        assertThat(new HookFolder(link).executable("good.sh")).isEqualTo(folder.resolve("good.sh"));
    }

    @Test
    void whatOthersMayWriteToIsRefused() throws IOException {
        var byGroup = file("group.sh", "rwxrwxr-x");
        var byOthers = file("others.sh", "rwxr-xrwx");

        refused(
                "group.sh",
                "hook '" + byGroup + "': expected is one that only its owner may write to, found is one that others may"
                        + " write to, its mode is rwxrwxr-x");
        refused(
                "others.sh",
                "hook '" + byOthers
                        + "': expected is one that only its owner may write to, found is one that others may"
                        + " write to, its mode is rwxr-xrwx");
        mode(folder, "rwxrwxr-x");
        refused(
                "good.sh",
                "hook '" + folder + "': expected is one that only its owner may write to, found is one that others may"
                        + " write to, its mode is rwxrwxr-x");
    }

    @Test
    void aLinkThatLeadsOutIsRefused() throws IOException {
        var outside = Files.writeString(root.toRealPath().resolve("outside.sh"), "#!/bin/sh\n");
        mode(outside, "rwx------");
        var link = Files.createSymbolicLink(folder.resolve("link.sh"), outside);
        Files.createSymbolicLink(folder.resolve("nowhere.sh"), Path.of("missing.sh"));

        refused(
                "link.sh",
                "hook '" + link + "': expected is a file in '" + folder + "', found is a link to '" + outside + "'");
        refused(
                "../outside.sh",
                "hook '" + folder + "/../outside.sh': expected is a file in '" + folder + "', found is a link to '"
                        + outside + "'");
        refused("nowhere.sh", "hook '" + folder + "/nowhere.sh': expected is an executable file, found is nothing");
    }

    @Test
    void whatIsNoExecutableFileIsRefused() throws IOException {
        var plain = file("plain.sh", "rw-r--r--");
        var inner = Files.createDirectory(folder.resolve("inner"));

        refused(
                "plain.sh",
                "hook '" + plain + "': expected is a file that user '" + System.getProperty("user.name")
                        + "' may execute, found is one that it may not, its mode is rw-r--r--");
        refused("inner", "hook '" + inner + "': expected is a regular file, found is a folder");
        refused("no.sh", "hook '" + folder + "/no.sh': expected is an executable file, found is nothing");
        refused(
                ".",
                "hook '" + folder + "/.': expected is a file in '" + folder + "', found is a link to '" + folder + "'");
    }

    @Test
    void itIsLookedAtAgainBeforeItRuns() throws IOException {
        var hook = new HookFolder(folder).hook("good.sh");
        mode(folder.resolve("good.sh"), "rwxrwxrwx");

        assertThatThrownBy(() -> hook.run(java.util.Map.of(), java.time.Duration.ofSeconds(1), () -> {}))
                .isInstanceOf(BackupException.BadRequest.class);
    }
}
