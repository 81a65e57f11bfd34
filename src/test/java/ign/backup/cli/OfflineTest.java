package ign.backup.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the command line does without a server. */
class OfflineTest {

    private static final String BACKUP = """
            {
              "metadata": {"timestamp": "20250128_143022", "datetime": "2025-01-28T14:30:22.123456", "version": "1.0.0",
                "reason": "An example", "node_count": 2, "relationship_count": 1, "backup_type": "full", "source": "a test"},
              "data": {
                "nodes": [
                  {"_id": 0, "_labels": ["Episodic"], "uuid": "e-1"},
                  {"_id": 1, "_labels": ["Entity"], "name": "one"}
                ],
                "relationships": [{"_id": 0, "_type": "MENTIONS", "_start_id": 0, "_end_id": 1}]
              }
            }
            """;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder = Path.of("");

    private int ign(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Ign.run(Terminal.ofWriters(new PrintWriter(out, true), new PrintWriter(err, true)), words);
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    @Test
    void tellsWhatABackupFileHolds() throws IOException {
        var file = file("a.json", BACKUP);

        assertThat(ign("backup", "info", file)).isZero();

        assertThat(out.toString())
                .contains("a.json: Backup validation successful")
                .containsPattern("reason +An example")
                .containsPattern("nodes +2")
                .containsPattern(":Episodic +1")
                .containsPattern("MENTIONS +1")
                .containsPattern("episodes +1");
    }

    @Test
    void findsDamage() throws IOException {
        var file = file("a.json", BACKUP.replace("\"node_count\": 2", "\"node_count\": 3"));

        assertThat(ign("backup", "verify", file)).isEqualTo(14);

        assertThat(out.toString()).contains("a.json: Backup validation failed: ");
        assertThat(err.toString()).contains("PROBLEM: ");
    }

    @Test
    void printsJsonForScripts() throws IOException {
        var file = file("a.json", BACKUP);

        assertThat(ign("backup", "verify", file, "--json")).isZero();

        assertThat(out.toString())
                .startsWith("{")
                .contains("\"valid\" : true")
                .contains("\"label_counts\" : {")
                .contains("\"Episodic\" : 1")
                .contains("\"problems\" : [ ]");
        assertThat(err.toString()).isEmpty();
    }

    @Test
    void comparesTwoFiles() throws IOException {
        var one = file("a.json", BACKUP);
        var same = file("b.json", BACKUP.replace("An example", "Another example"));
        var other = file("c.json", BACKUP.replace("\"e-1\"", "\"e-2\""));

        assertThat(ign("backup", "diff", one, one)).isZero();
        assertThat(out.toString()).contains("The same bytes.");
        assertThat(ign("backup", "diff", one, same)).isZero();
        assertThat(out.toString()).contains("Different bytes.", "As many of everything, and the same episodes.");
        assertThat(ign("backup", "diff", one, other)).isEqualTo(4);
        assertThat(out.toString()).contains("Only in A: 1 episodes", "  e-1", "Only in B: 1 episodes", "  e-2");
        assertThat(ign("backup", "diff", one, other, "--json")).isEqualTo(4);
        assertThat(out.toString()).contains("\"episodes_only_in_a\" : [ \"e-1\" ]");
    }

    @Test
    void countsWhatDiffers() throws IOException {
        var one = file("a.json", BACKUP);
        var other = file("b.json", BACKUP.replace("[\"Entity\"]", "[\"Community\"]"));

        assertThat(ign("backup", "diff", one, other)).isEqualTo(4);

        assertThat(out.toString()).contains("  :Community: 0 and 1", "  :Entity: 1 and 0");
    }

    @Test
    void saysWhatWasMeant() {
        assertThat(ign("backup", "creat")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Unmatched argument at index 1: 'creat'")
                .contains("backup create");
        assertThat(ign("backup", "create", "--resaon", "x")).isEqualTo(2);
        assertThat(err.toString()).contains("Unknown options: '--resaon', 'x'").contains("--reason");
        assertThat(ign("backup", "pin")).isEqualTo(2);
        assertThat(err.toString())
                .contains("Missing required parameter: 'FILE'")
                .contains("HINT: ign backup pin --help shows what can be said.");
        assertThat(ign("backup", "diff", "/nowhere/a.json", "/nowhere/b.json")).isEqualTo(10);
        assertThat(err.toString()).contains("there is no file '/nowhere/a.json'");
    }

    @Test
    void saysThatNoServerAnswers() {
        assertThat(ign("backup", "status", "-a", "bolt://127.0.0.1:1")).isEqualTo(13);

        assertThat(err.toString())
                .contains("ERROR: no Neo4j server answers at bolt://127.0.0.1:1")
                .contains("HINT: Start it, or name another one with -a or NEO4J_URI: bolt://host:7687.");
    }

    @Test
    void refusesWhatIsNoAddress() {
        assertThat(ign("backup", "status", "-a", "http://127.0.0.1:7474")).isEqualTo(2);
        assertThat(err.toString()).contains("address 'http://127.0.0.1:7474' cannot be used: ");
        assertThat(ign("backup", "status", "-a", "no address")).isEqualTo(2);
        assertThat(err.toString()).contains("'no address' is no address of a server");
    }

    @Test
    void teachesWithExamples() {
        assertThat(ign("backup", "create", "--help")).isZero();
        assertThat(out.toString()).contains("  ign backup create --auto", "--reason", "Connection:");
        assertThat(ign("backup", "help", "restore")).isZero();
        assertThat(out.toString()).contains("--confirm");
        assertThat(ign("backup", "generate-completion")).isZero();
        assertThat(out.toString()).contains("complete -F");
        assertThat(ign("--version")).isZero();
        assertThat(out.toString()).startsWith("ign ");
    }
}
