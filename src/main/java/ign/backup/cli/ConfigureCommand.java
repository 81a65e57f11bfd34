package ign.backup.cli;

import ign.backup.model.ErrorCode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code ign backup configure}. */
@Command(
        name = "configure",
        header = "List all settings as they are in force, or change some while the server runs.",
        footer = {
            "",
            "An empty value gives a setting back to the configuration.",
            "",
            "Examples:",
            "  ign backup configure",
            "  ign backup configure node_threshold=200 tiers.daily.schedule=\"30 1 * * *\"",
            "  ign backup configure node_threshold="
        })
final class ConfigureCommand extends ServerCommand {

    private static final Table TABLE = new Table()
            .name("SETTING", "setting")
            .text("VALUE", "value")
            .text("FROM", "origin")
            .text("DEFAULT", "default_value");

    @Parameters(arity = "0..*", paramLabel = "SETTING=VALUE", description = "What to change: all of it or nothing.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Override
    ErrorCode ask(Server server) {
        var values = new HashMap<String, @Nullable Object>();
        settings.forEach((name, value) -> values.put(name, value.isEmpty() ? null : value));
        var call =
                values.isEmpty() ? Call.of("configure") : Call.of("configure").with(values);
        output().list(server.ask(call), TABLE, "No settings.", terminal());
        return ErrorCode.OK;
    }
}
