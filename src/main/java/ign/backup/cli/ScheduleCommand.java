package ign.backup.cli;

import ign.backup.model.ErrorCode;
import picocli.CommandLine.Command;

/** {@code ign backup schedule}. */
@Command(name = "schedule", header = "List what is done by a timetable, and when next.")
final class ScheduleCommand extends ServerCommand {

    private static final Table TABLE = new Table()
            .name("JOB", "job")
            .text("ENABLED", row -> row.is("enabled") ? "yes" : "no")
            .text("SCHEDULE", "schedule")
            .text("NEXT RUN", "next_run")
            .text("LAST START", "last_start")
            .count("LEFT OUT", "left_out");

    @Override
    ErrorCode ask(Server server) {
        output().list(server.ask(Call.of("schedule")), TABLE, "Nothing is scheduled.", terminal());
        return ErrorCode.OK;
    }
}
