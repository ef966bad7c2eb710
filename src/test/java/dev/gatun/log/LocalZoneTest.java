package dev.gatun.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Local time, compared with that of the C library as date(1) prints it. */
@Timeout(120)
class LocalZoneTest {

    private static final Path ZONES = Path.of("/usr/share/zoneinfo");
    private static final long YEAR_1900 = -2_208_988_800L;
    private static final long YEAR_1971 = 31_536_000L;
    private static final Libc LIBC = new SystemLibc();

    @TempDir
    Path folder;

    private static LocalZone zone(String variable) {
        return LocalZone.of(LIBC, Optional.of(variable));
    }

    /** What {@code date} says about each moment, in seconds ahead of UTC. */
    private List<Integer> offsetsOfDate(String variable, Iterable<Long> moments) throws Exception {
        StringBuilder input = new StringBuilder();
        moments.forEach(moment -> input.append('@').append(moment).append('\n'));
        Path file = Files.writeString(folder.resolve("moments"), input);
        ProcessBuilder date = new ProcessBuilder("date", "-f", file.toString(), "+%::z").redirectErrorStream(true);
        date.environment().put("TZ", variable);
        Process running = date.start();
        List<String> lines = new String(running.getInputStream().readAllBytes()).lines().toList();
        assertThat(running.waitFor()).as("%s", lines).isZero();
        List<Integer> offsets = new ArrayList<>();
        for (String line : lines) {
            String[] parts = line.substring(1).split(":");
            int seconds = Integer.parseInt(parts[0]) * 3600 + Integer.parseInt(parts[1]) * 60
                    + Integer.parseInt(parts[2]);
            offsets.add(line.charAt(0) == '-' ? -seconds : seconds);
        }
        return offsets;
    }

    private void compare(String variable, LocalZone zone, Iterable<Long> moments) throws Exception {
        List<String> differences = new ArrayList<>();
        Iterator<Integer> expected = offsetsOfDate(variable, moments).iterator();
        for (long moment : moments) {
            int theirs = expected.next();
            int ours = zone.offsetSeconds(moment);
            if (ours != theirs) {
                differences.add(moment + ": " + ours + " instead of " + theirs);
            }
        }
        assertThat(differences).as("TZ=%s", variable).isEmpty();
    }

    /** Anywhere until the year 2100, and around each change of the offset that a coarse look finds. */
    private static TreeSet<Long> moments(LocalZone zone, long from, Random random) {
        long to = 4_102_444_800L;
        TreeSet<Long> moments = new TreeSet<>();
        for (int i = 0; i < 60; i++) {
            moments.add(random.nextLong(from, to));
        }
        long step = 90 * 86_400L;
        for (long second = from + random.nextLong(step); second < to; second += step) {
            long change = change(zone, second, second + step);
            moments.addAll(List.of(change - 1, change));
        }
        return moments;
    }

    /** A moment between two at which the offset changes, if it differs at the two. */
    private static long change(LocalZone zone, long low, long high) {
        int before = zone.offsetSeconds(low);
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (zone.offsetSeconds(middle) == before) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    @Test
    void everyZoneOfTheSystemIsAsTheCLibraryHasIt() throws Exception {
        assumeTrue(Files.exists(ZONES.resolve("Europe/Berlin")), "no zone files in " + ZONES + " (package tzdata)");
        Random random = new Random(20261120);
        for (String name : names()) {
            LocalZone zone = zone(name);
            compare(name, zone, moments(zone, YEAR_1900, random));
        }
    }

    private static List<String> names() throws IOException {
        try (Stream<Path> files = Files.walk(ZONES)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> ZONES.relativize(file).toString())
                    // "right" counts leap seconds, which no clock of a computer does.
                    .filter(name -> Character.isUpperCase(name.charAt(0)))
                    .sorted()
                    .toList();
        }
    }

    /** The C library applies a rule without a file from 1970 on only. */
    @Test
    void rulesAreAsTheCLibraryHasThem() throws Exception {
        Random random = new Random(1);
        for (String rule : List.of("UTC0", "XYZ-3", "CET-1CEST,M3.5.0,M10.5.0/3", "AEST-10AEDT,M10.1.0,M4.1.0/3",
                "<+0330>-3:30", "NST3:30NDT,M3.2.0,M11.1.0", "ABC5:00:30DEF,J60/-1:15,J300/26", "ABC5DEF4:30,59,364/2",
                "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "XXX3EDT4,0/0,J365/23", "IST-1GMT0,M10.5.0,M3.5.0/1",
                "ABC5DEF,M2.5.4/5,M6.3.6")) {
            LocalZone zone = zone(rule);
            compare(rule, zone, moments(zone, YEAR_1971, random));
        }
    }

    @Test
    void whatIsNoZoneIsUtc() {
        for (String value : List.of("", ":", "Nowhere/Atlantis", "Europe", "../../../etc/passwd", "/etc/passwd", "A1",
                "ABC", "ABC200", "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,M10.5.0x", "<+1",
                "a\0b")) {
            assertThat(zone(value).offsetSeconds(1_700_000_000)).as("TZ=\"%s\"", value).isZero();
        }
    }

    @Test
    void aColonBeforeAFileIsAllowed() {
        assumeTrue(Files.exists(ZONES.resolve("Asia/Tokyo")), "no zone files in " + ZONES + " (package tzdata)");
        assertThat(zone(":Asia/Tokyo").offsetSeconds(0)).isEqualTo(9 * 3600);
        assertThat(zone(ZONES + "/Asia/Tokyo").offsetSeconds(0)).isEqualTo(9 * 3600);
    }

    @Test
    void damagedFileIsNone() throws Exception {
        assumeTrue(Files.exists(ZONES.resolve("Asia/Tokyo")), "no zone files in " + ZONES + " (package tzdata)");
        byte[] whole = Files.readAllBytes(ZONES.resolve("Asia/Tokyo"));
        for (int length = 0; length < whole.length; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThat(ZoneFile.parse(part)).as("%d bytes of %d", length, whole.length).isEmpty();
        }
        assertThat(ZoneFile.parse(whole)).isPresent();
    }

    @Test
    void withoutTheVariableItIsTheSystems() throws Exception {
        LocalZone zone = LocalZone.of(LIBC, Optional.empty());
        Process date = new ProcessBuilder("env", "-u", "TZ", "date", "-d", "@1700000000", "+%::z").start();
        String offset = new String(date.getInputStream().readAllBytes()).strip();
        int seconds = zone.offsetSeconds(1_700_000_000);
        assertThat(offset).isEqualTo("%s%02d:%02d:%02d".formatted(seconds < 0 ? "-" : "+",
                Math.abs(seconds) / 3600, Math.abs(seconds) / 60 % 60, Math.abs(seconds) % 60));
    }
}
