package dev.gatun.doctor;

import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcFile;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The Java that runs this, and how it was started. */
final class JavaChecks extends Checks {

    private static final String CACHE_OPTION = "-XX:AOTCache=";
    private static final int FIRST_WITH_CACHE = 25;

    private final Libc libc;
    private final List<String> options;

    JavaChecks(Libc libc) {
        this(libc, ManagementFactory.getRuntimeMXBean().getInputArguments());
    }

    /** With the options of some JVM. */
    JavaChecks(Libc libc, List<String> options) {
        this.libc = libc;
        this.options = List.copyOf(options);
    }

    @Override
    String heading() {
        return "java";
    }

    @Override
    void run() {
        check("version", JavaChecks::version);
        check("home", () -> Finding.ok("home", property("java.home"), "GATUN_JAVA_HOME chooses another one"));
        check("options", this::shownOptions);
        check("aot_cache", this::cache);
        check("heap", JavaChecks::heap);
        check("processors", () -> Finding.ok(
                "processors",
                Integer.toString(Runtime.getRuntime().availableProcessors()),
                "as the JVM counts them, limits of the container included"));
        check("encoding", JavaChecks::encoding);
    }

    private static String property(String name) {
        return System.getProperty(name, "");
    }

    private static Finding version() {
        String version = Runtime.version() + ", " + property("java.vendor");
        return Runtime.version().feature() < FIRST_WITH_CACHE
                ? Finding.warning("version", version, "Java 25 and newer start faster, by an AOT cache")
                : Finding.ok("version", version, "Gatun needs 22 or newer");
    }

    private Finding shownOptions() {
        List<String> shown = new ArrayList<>();
        for (String option : options) {
            if (!option.startsWith("-Dgatun.") && !option.startsWith("-Xlog") && !option.startsWith(CACHE_OPTION)) {
                shown.add(option);
            }
        }
        return Finding.ok(
                "options",
                shown.isEmpty() ? "none" : String.join(" ", shown),
                options.contains("-Xrs") ? "-Xrs leaves signals to Gatun" : "bin/gatun would give more of them");
    }

    /** The JVM maps the cache it uses, and a mapped file is in the list of maps. */
    private Finding cache() {
        String name = "aot_cache";
        Optional<String> option = options.stream().filter(text -> text.startsWith(CACHE_OPTION)).findFirst();
        if (option.isEmpty()) {
            return Finding.warning(name, "not in use", "Gatun starts several times slower: " + whyNoCache());
        }
        String file = option.get().substring(CACHE_OPTION.length());
        return ProcFile.readText(libc, "/proc/self/maps").orElse("").contains(" " + file + "\n")
                ? Finding.ok(name, file, "classes come loaded and linked")
                : Finding.warning(
                        name, "refused by the JVM",
                        "Gatun starts several times slower; GATUN_JAVA_OPTS=-Xlog:aot tells why");
    }

    private String whyNoCache() {
        String home = property("gatun.home");
        if (home.isEmpty()) {
            return "it was not started by bin/gatun";
        }
        Optional<String> maker = ProcFile.readText(libc, home + "/lib/run.aot.jdk");
        return maker.isEmpty()
                ? "there is no cache in " + home + "/lib"
                : "the cache was made by Java " + maker.get().strip().replace("\"", "")
                        + ", and only that one can use it";
    }

    private static Finding heap() {
        return Finding.ok(
                "heap",
                "up to " + Text.bytes(Runtime.getRuntime().maxMemory()),
                "what Gatun itself may take for objects, besides some 40 MB of the JVM");
    }

    private static Finding encoding() {
        String names = property("sun.jnu.encoding");
        return Charset.isSupported(names) && names.equalsIgnoreCase("UTF-8")
                ? Finding.ok("encoding", names, "file names are read as they are meant")
                : Finding.warning(
                        "encoding",
                        names,
                        "Java mistakes some file names; commands and their arguments go through as they are");
    }
}
