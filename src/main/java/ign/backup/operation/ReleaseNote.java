package ign.backup.operation;

import ign.backup.model.BackupHeader;
import ign.backup.model.BackupName;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A piece of Markdown that tells readers of release notes what a backup holds, how to check it and how to restore it.
 *
 * <p>What users or foreign files have written stands in it as plain text, whatever it is: it neither leaves its cell nor becomes markup.
 */
public final class ReleaseNote {

    private static final double BYTES_OF_A_MEGABYTE = 1024.0 * 1024.0;

    /** Whatever means something somewhere in Markdown or in HTML. */
    private static final String MARKUP = "&<>|\\`*_[]{}#!~$@";

    private final BackupName name;
    private final Map<String, String> rows = new LinkedHashMap<>();

    private ReleaseNote(BackupName name) {
        this.name = name;
    }

    /** {@return the note for a backup that was read} */
    public static ReleaseNote of(Backups.Description description) {
        var verdict = description.verdict();
        var header = verdict.header().orElse(description.entry().header());
        var note = new ReleaseNote(verdict.name());
        note.rows.put("File", "`" + verdict.name() + "`");
        note.put("Made", made(header));
        note.put("Reason", header.reason());
        note.put("Source", header.source());
        note.put("Size", size(description));
        note.put("Content", content(verdict));
        note.rows.put("SHA-256", "`" + verdict.sha256().hex() + "`");
        note.put("Versions", versions(header));
        note.put("Verification", verdict.message());
        return note;
    }

    /** Nothing is said of what is not known. */
    private void put(String what, String text) {
        if (!text.isBlank()) {
            rows.put(what, plain(text));
        }
    }

    private static String made(BackupHeader header) {
        var time =
                header.origin().map(origin -> origin.snapshotTime().toString()).orElse(header.datetime());
        return time
                + header.origin()
                        .flatMap(BackupHeader.Origin::createdBy)
                        .map(user -> " by " + user)
                        .orElse("");
    }

    private static String size(Backups.Description description) {
        long bytes = description.verdict().sizeBytes();
        return String.format(
                Locale.ROOT,
                "%.1f MiB (%,d bytes), compression %s",
                bytes / BYTES_OF_A_MEGABYTE,
                bytes,
                description.verdict().name().compression().label());
    }

    private static String content(Verdict verdict) {
        return String.format(
                Locale.ROOT,
                "%,d nodes and %,d relationships, %,d episodes",
                verdict.counts().nodes(),
                verdict.counts().relationships(),
                verdict.episodes());
    }

    private static String versions(BackupHeader header) {
        var made = header.origin()
                .map(origin -> "Neo4j " + origin.neo4jVersion() + ", IGN Backup " + origin.pluginVersion());
        var format =
                Optional.of(header.version()).filter(text -> !text.isEmpty()).map(text -> "format " + text);
        return Stream.concat(made.stream(), format.stream()).collect(Collectors.joining(", "));
    }

    /** As character references, which can be no markup in any Markdown; on one line, or the table would end. */
    private static String plain(String text) {
        var plain = new StringBuilder();
        text.codePoints().forEach(c -> {
            if (isBreak(c)) {
                plain.append(' ');
            } else if (MARKUP.indexOf(c) >= 0) {
                plain.append("&#").append(c).append(';');
            } else {
                plain.appendCodePoint(c);
            }
        });
        return plain.toString().strip();
    }

    private static boolean isBreak(int c) {
        int type = Character.getType(c);
        return Character.isISOControl(c) || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** {@return the note, lines that end with a line feed} */
    public String text() {
        var text = new StringBuilder("### Backup `" + name + "`\n\n| | |\n|---|---|\n");
        rows.forEach((what, cell) ->
                text.append("| ").append(what).append(" | ").append(cell).append(" |\n"));
        return text.append(
                        "\nTo restore it, put the file into the backup folder of a Neo4j server with IGN Backup, and call:\n\n")
                .append("```cypher\n:use system\n")
                .append("CALL ign.backup.verify('" + name + "') YIELD valid, message, sha256;\n")
                .append("CALL ign.backup.restore('" + name + "', {confirm: true}) YIELD success, message;\n```\n")
                .toString();
    }
}
