package ign.backup.cli;

import ign.backup.cli.Answer.Row;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Rows in columns, as wide as what stands in them; on a terminal the widest text gives way until a line fits. Names, which people copy, and
 * amounts are never cut.
 */
final class Table {

    private static final String GAP = "  ";
    private static final int LEAST = 8;

    private final List<Column> columns = new ArrayList<>();

    private enum Kind {
        TEXT,
        NAME,
        AMOUNT
    }

    private record Column(String title, Kind kind, Function<Row, String> cell) {}

    /** Adds a column of texts. */
    Table text(String title, Function<Row, String> cell) {
        columns.add(new Column(title, Kind.TEXT, cell));
        return this;
    }

    /** Adds a column of texts that stand in the row. */
    Table text(String title, String column) {
        return text(title, row -> row.text(column));
    }

    /** Adds a column of names that stand in the row. */
    Table name(String title, String column) {
        columns.add(new Column(title, Kind.NAME, row -> row.text(column)));
        return this;
    }

    /** Adds a column of amounts. */
    Table amount(String title, Function<Row, String> cell) {
        columns.add(new Column(title, Kind.AMOUNT, cell));
        return this;
    }

    /** Adds a column of numbers that stand in the row. */
    Table count(String title, String column) {
        return amount(title, row -> row.count(column));
    }

    /** Adds a column of sizes in bytes that stand in the row. */
    Table size(String title, String column) {
        return amount(title, row -> row.size(column));
    }

    /** {@return the lines, the first of them with the titles} */
    List<String> lines(List<Row> rows, int width) {
        var cells = new ArrayList<List<String>>();
        cells.add(columns.stream().map(Column::title).toList());
        rows.forEach(row -> cells.add(
                columns.stream().map(column -> oneLine(column.cell.apply(row))).toList()));
        var widths = fitted(widths(cells), width);
        return cells.stream().map(line -> line(line, widths)).toList();
    }

    private int[] widths(List<List<String>> cells) {
        var widths = new int[columns.size()];
        for (var line : cells) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], length(line.get(i)));
            }
        }
        return widths;
    }

    private int[] fitted(int[] widths, int width) {
        int total = GAP.length() * (widths.length - 1) + IntStream.of(widths).sum();
        while (total > width) {
            var widest = IntStream.range(0, widths.length)
                    .filter(i -> columns.get(i).kind == Kind.TEXT && widths[i] > LEAST)
                    .boxed()
                    .max(Comparator.comparing(i -> widths[i]));
            if (widest.isEmpty()) {
                break; // a terminal that narrow breaks lines itself
            }
            widths[widest.get()]--;
            total--;
        }
        return widths;
    }

    private String line(List<String> cells, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < widths.length; i++) {
            var cell = shortened(cells.get(i), widths[i]);
            var blank = " ".repeat(widths[i] - length(cell));
            line.append(i == 0 ? "" : GAP).append(columns.get(i).kind == Kind.AMOUNT ? blank + cell : cell + blank);
        }
        return line.toString().stripTrailing();
    }

    private static String shortened(String cell, int width) {
        if (length(cell) <= width) {
            return cell;
        }
        return cell.substring(0, cell.offsetByCodePoints(0, width - 1)) + "…";
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }

    /** What others have written must not move the cursor. */
    private static String oneLine(String cell) {
        return cell.replaceAll("\\p{Cntrl}", " ");
    }
}
