package dev.gatun.log;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came through, and what the notices in between say is missing. */
public record Tally(List<String> lines, long lostLines, long lostBytes) {

    private static final Pattern NOTICE =
            Pattern.compile("gatun: (\\d+) lines? \\((\\d+) bytes?\\) of output (?:was|were) lost here\n");

    public static Tally of(String output) {
        List<String> lines = new ArrayList<>();
        long lostLines = 0;
        long lostBytes = 0;
        for (String line : output.split("(?<=\n)")) {
            Matcher notice = NOTICE.matcher(line);
            if (notice.matches()) {
                lostLines += Long.parseLong(notice.group(1));
                lostBytes += Long.parseLong(notice.group(2));
            } else if (!line.isEmpty()) {
                lines.add(line);
            }
        }
        return new Tally(lines, lostLines, lostBytes);
    }
}
