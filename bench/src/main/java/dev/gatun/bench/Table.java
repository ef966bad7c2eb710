package dev.gatun.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A table of a report, in Markdown. */
public final class Table {

    private final String[] head;
    private final List<Object[]> rows = new ArrayList<>();

    public Table(String... head) {
        this.head = head;
    }

    /** Adds a row; numbers with a fraction get as many digits as their size deserves. */
    public void row(Object... cells) {
        rows.add(cells);
    }

    public void print(PrintStream out) {
        out.println("| " + String.join(" | ", head) + " |");
        out.println("|---".repeat(head.length) + "|");
        for (Object[] row : rows) {
            List<String> cells = new ArrayList<>();
            for (Object cell : row) {
                cells.add(cell instanceof Double number ? format(number) : String.valueOf(cell));
            }
            out.println("| " + String.join(" | ", cells) + " |");
        }
        out.println();
    }

    static String format(double number) {
        if (Double.isNaN(number)) {
            return "–";
        }
        double size = Math.abs(number);
        return String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 10 ? "%.1f" : "%.2f", number);
    }
}
