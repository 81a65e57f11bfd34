package ign.backup.documents;

import ign.backup.testkit.Golden;
import ign.backup.testkit.Neo4jServer;
import ign.backup.testkit.Neo4jVersion;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What {@code SHOW PROCEDURES} says is what callers hold on to: a change of it shows here first. */
class ProceduresIT {

    @ParameterizedTest
    @EnumSource
    void theServerKnowsTheProceduresByTheseSignatures(Neo4jVersion version) {
        var server = Neo4jServer.shared(version);

        var signatures = server.run("""
                        SHOW PROCEDURES YIELD name, mode, worksOnSystem, admin, signature
                        WHERE name STARTS WITH 'ign.'
                        RETURN signature + ' ' + mode + CASE WHEN worksOnSystem THEN ' on system' ELSE '' END
                                + CASE WHEN admin THEN ' admin' ELSE '' END AS line
                        ORDER BY name""").stream()
                .map(row -> row.get("line").asString() + "\n")
                .collect(Collectors.joining());

        Golden.compare(Golden.SIGNATURES, signatures);
    }

    @ParameterizedTest
    @EnumSource
    void thePageHasTheOptionsThatHelpHas(Neo4jVersion version) {
        for (var row : Neo4jServer.shared(version).run("CALL ign.backup.help()")) {
            var procedure = row.get("procedure").asString().replaceAll("^ign\\.backup\\.|\\(.*", "");
            var options = row.get("options").asString();
            if (!options.isEmpty()) {
                Golden.comparePart(Path.of("docs/procedures.md"), "options of " + procedure, bullets(options));
            }
        }
    }

    private static String bullets(String options) {
        return options.lines()
                .map(option -> "* " + option.replaceFirst("^(\\w+)( \\(.*?\\))?:", "`$1`$2:") + "\n")
                .collect(Collectors.joining());
    }
}
