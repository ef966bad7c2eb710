package dev.gatun.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HandleJournalTest {

    @TempDir
    Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("journal");
    }

    private Map<ProcId, String> reopened() {
        try (HandleJournal journal = HandleJournal.open(file)) {
            return journal.handles();
        }
    }

    @Test
    void rememberesWhatRuns() {
        try (HandleJournal journal = HandleJournal.open(file)) {
            journal.started(new ProcId("a"), "1");
            journal.started(new ProcId("b%2B c\u00e4/\u20ac"), "tab\tline\nper%cent+");
            journal.started(new ProcId("c"), "");
            journal.over(new ProcId("a"));
            journal.over(new ProcId("never"));
        }
        Map<ProcId, String> expected = new LinkedHashMap<>();
        expected.put(new ProcId("b%2B c\u00e4/\u20ac"), "tab\tline\nper%cent+");
        expected.put(new ProcId("c"), "");
        assertThat(reopened()).isEqualTo(expected);
    }

    @Test
    void isWrittenAnewBeforeItGrowsWithoutBound() throws IOException {
        try (HandleJournal journal = HandleJournal.open(file)) {
            journal.started(new ProcId("stays"), "s");
            for (int i = 0; i < 20_000; i++) {
                journal.started(new ProcId("p"), Integer.toString(i));
                journal.over(new ProcId("p"));
            }
            assertThat(Files.size(file)).isLessThan(40_000);
        }
        assertThat(reopened()).isEqualTo(Map.of(new ProcId("stays"), "s"));
    }

    /** A write that did not come to its end, wherever it was cut. */
    @Test
    void whatWasCutCostsOneLine() throws IOException {
        Random random = new Random(1);
        Set<String> runs = new HashSet<>();
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            String id = "p" + random.nextInt(6);
            text.append(runs.remove(id) ? "-\t" + id + "\t.\n" : "+\t" + id + "\th" + i + "\t.\n");
            if (text.charAt(text.lastIndexOf(id) - 2) == '+') {
                runs.add(id);
            }
        }
        for (int cut = 0; cut < text.length(); cut++) {
            Files.writeString(file, text.substring(0, cut));
            assertThat(reopened()).isEqualTo(replay(text.substring(0, cut)));
        }
    }

    private static Map<ProcId, String> replay(String text) {
        Map<ProcId, String> runs = new LinkedHashMap<>();
        int end = text.lastIndexOf('\n') + 1;
        // A last line without its line break is whole all the same where only that is missing.
        String whole = text.endsWith("\t.") ? text : text.substring(0, end);
        for (String line : whole.split("\n")) {
            String[] fields = line.split("\t");
            if (fields[0].equals("+")) {
                runs.put(new ProcId(fields[1]), fields[2]);
            } else if (fields[0].equals("-")) {
                runs.remove(new ProcId(fields[1]));
            }
        }
        return runs;
    }

    @Test
    void rubbishIsLeftOut() throws IOException {
        Files.write(file, new byte[]{(byte) 0xff, (byte) 0xfe, 0, '\n'});
        Files.writeString(file, "+\ta\t1\t.\n+\t%zz\t1\t.\n+\t\t1\t.\nnonsense\n+\tb\n", StandardCharsets.UTF_8);
        assertThat(reopened()).isEqualTo(Map.of(new ProcId("a"), "1"));
    }

    @Test
    void saysWhatIsWrongWithTheFile() {
        assertThatThrownBy(() -> HandleJournal.open(folder.resolve("no/such/folder")))
                .isInstanceOf(LauncherException.class)
                .hasMessageStartingWith("launcher error: the journal " + folder.resolve("no/such/folder") + ": ");
    }
}
