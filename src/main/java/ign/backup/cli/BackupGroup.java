package ign.backup.cli;

import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;

/** The group {@code ign backup}. */
@Command(
        name = "backup",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        header = "Back up and restore a Neo4j graph while it is in use.",
        footer = {
            "",
            "Examples:",
            "  ign backup create --reason \"Before major update\"",
            "  ign backup list --detailed",
            "  ign backup restore --file ign_scripts_db_backup_20250128_143022.json --confirm",
            "",
            "Exit codes: 0 ok, 1 failed, 2 bad request, 3 partial, 4 alarm, 10 not found, 11 busy, 12 wrong key,",
            "13 unavailable, 14 damaged, 130 cancelled."
        },
        subcommands = {
            CreateCommand.class,
            RestoreCommand.class,
            ListCommand.class,
            InfoCommand.class,
            StatusCommand.class,
            InitCommand.class,
            InitDatabaseCommand.class,
            VerifyCommand.class,
            AutoCommand.class,
            PruneCommand.class,
            PinCommand.Pin.class,
            PinCommand.Unpin.class,
            HealthCommand.class,
            ScheduleCommand.class,
            ConfigureCommand.class,
            CancelCommand.class,
            RollbackCommand.class,
            DiffCommand.class,
            HelpCommand.class,
            GenerateCompletion.class
        })
final class BackupGroup {}
