package ign.backup.format;

import ign.backup.model.BackupException;
import ign.backup.model.BackupName;
import ign.backup.model.Catalog;
import ign.backup.model.CatalogEntry;
import ign.backup.model.CatalogEntry.State;
import ign.backup.model.CatalogEntry.Verification;
import ign.backup.model.Digest;
import java.io.ByteArrayInputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;

/** The catalog as the bytes of {@code backup_metadata.json}: one entry per line, for people to read and to compare. */
public final class CatalogJson {

    private static final long VERSION = 1;
    private static final String PLACE = "backup_metadata.json";

    private CatalogJson() {}

    /**
     * {@return the catalog as JSON}
     *
     * @param catalog names only, no folders, so that the folder can be moved
     */
    public static byte[] write(Catalog catalog) {
        var out = new JsonBytes(4096);
        out.raw(JsonBytes.ascii("{\n\"catalog_version\": " + VERSION + ",\n\"backups\": "));
        SchemaJson.lines(out, catalog.backups(), entry -> write(out, entry));
        out.raw(JsonBytes.ascii(",\n\"history\": "));
        SchemaJson.lines(out, catalog.history(), entry -> write(out, entry));
        out.raw(JsonBytes.ascii("\n}\n"));
        return Arrays.copyOf(out.array(), out.size());
    }

    /**
     * {@return the catalog in these bytes}
     *
     * @throws BackupException.Damaged when they are none
     * @throws BackupException.BadRequest when a newer version of the plugin wrote them
     */
    public static Catalog read(byte[] bytes) {
        var input = new JsonInput(new ByteArrayInputStream(bytes), Limits.DEFAULT);
        input.allow(Long.MAX_VALUE); // they are in memory already
        var fields = JsonTree.nextObject(input, PLACE);
        if (input.nextOrEnd() != null) {
            throw input.damaged("something follows the end of " + PLACE);
        }
        long version = fields.count("catalog_version");
        if (version > VERSION) {
            throw new BackupException.BadRequest(
                    PLACE + " has version " + version + ", and this version of the plugin knows " + VERSION,
                    "Use the version of the plugin that wrote it, or a newer one.");
        }
        var backups = fields.list("backups").stream().map(CatalogJson::entry).toList();
        refuseDuplicates(backups);
        return new Catalog(
                backups, fields.list("history").stream().map(CatalogJson::entry).toList());
    }

    private static void write(JsonBytes out, CatalogEntry entry) {
        var fields = new ObjectWriter(out).field("name", entry.name().value());
        HeaderJson.write(fields, entry.header());
        fields.field("size_bytes", entry.sizeBytes())
                .field("episode_count", entry.episodes())
                .field("sha256", entry.sha256().map(Digest::hex))
                .field("state", entry.state().label())
                .field("pinned", entry.pinned())
                .field("entered", entry.entered().toString());
        entry.verification().ifPresent(last -> write(new ObjectWriter(fields.begin("verification")), last));
        if (!entry.earlier().isEmpty()) {
            writeAll(fields.begin("earlier_verifications"), entry.earlier());
        }
        fields.end();
    }

    private static void write(ObjectWriter out, Verification verification) {
        out.field("time", verification.time().toString())
                .field("valid", verification.valid())
                .field("message", verification.message())
                .end();
    }

    /** On the line of their backup. */
    private static void writeAll(JsonBytes out, List<Verification> verifications) {
        out.raw('[');
        for (int i = 0; i < verifications.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            write(new ObjectWriter(out), verifications.get(i));
        }
        out.raw(']');
    }

    private static CatalogEntry entry(FieldMap fields) {
        return new CatalogEntry(
                fields.convert("name", BackupName::new),
                HeaderJson.readRepeated(fields),
                fields.count("size_bytes"),
                fields.optionalText("sha256").map(hex -> fields.convert("sha256", Digest::new)),
                state(fields),
                fields.truth("pinned"),
                fields.convert("entered", Instant::parse),
                fields.optionalFields("verification").map(CatalogJson::verification),
                fields.optionalCount("episode_count"),
                fields.list("earlier_verifications").stream()
                        .map(CatalogJson::verification)
                        .toList());
    }

    private static Verification verification(FieldMap fields) {
        return new Verification(
                fields.convert("time", Instant::parse), fields.truth("valid"), fields.text("message", ""));
    }

    private static State state(FieldMap fields) {
        var word = fields.text("state");
        return Arrays.stream(State.values())
                .filter(state -> state.label().equals(word))
                .findFirst()
                .orElseThrow(() -> fields.unexpected("state", "a known state"));
    }

    private static void refuseDuplicates(List<CatalogEntry> backups) {
        var names = new HashSet<BackupName>();
        for (var entry : backups) {
            if (!names.add(entry.name())) {
                throw new BackupException.Damaged(
                        PLACE + " names '" + entry.name() + "' twice",
                        "The catalog can be rebuilt from the files; remove it or take its copy.");
            }
        }
    }
}
