package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ign backup status}; it also proves that the server can be reached. */
@Command(name = "status", header = "Tell what was changed since the last backup, and what runs.")
final class StatusCommand extends ServerCommand {

    @Option(names = "--plain", description = "Without pictures, as where a terminal cannot show them.")
    private boolean plain;

    @Override
    ErrorCode ask(Server server) {
        var answer = server.ask(Call.of("status"));
        var text = answer.row().text("text");
        output().one(answer, List.of(plain || !terminal().hasEmoji() ? withoutPictures(text) : text), terminal());
        return ErrorCode.OK;
    }

    /** Bullets become hyphens, and what stands before a heading goes. */
    private static String withoutPictures(String text) {
        return text.replace("•", "-")
                .replaceAll("[\\p{So}\\p{Cs}\\x{FE0F}\\x{1F000}-\\x{1FAFF}]+ ?", "")
                .replace("…", "...");
    }
}
