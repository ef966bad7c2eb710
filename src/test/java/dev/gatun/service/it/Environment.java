package dev.gatun.service.it;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import java.nio.file.Path;
import java.util.List;

/** What a service would inherit from whoever runs the tests, and must not. */
final class Environment {

    /** Names that launchers set, look at, or leave alone where they are there already. */
    private static final List<String> PREFIXES =
            List.of("PYTHON", "MALLOC_", "SERVICE_", "SLS_", "OMP_", "MKL_", "OPENBLAS_", "NUMEXPR_", "MEMORY_",
                    "CGROUP_");
    private static final List<String> NAMES = List.of("CONTAINER", "TMPDIR", "NOTIFY_SOCKET", "SECRET_TOKEN");

    private Environment() {}

    static Gatun neutral(Gatun run, Path home) {
        for (String name : System.getenv().keySet()) {
            if (NAMES.contains(name) || PREFIXES.stream().anyMatch(name::startsWith)) {
                run.without(name);
            }
        }
        return run.with("PATH", TestPython.pathWithIt())
                // The runtime of the tests: new enough for what they compile.
                .with("JAVA_HOME", System.getProperty("java.home"))
                // Some programs write there.
                .with("HOME", home.toString());
    }

    /** Skips the test where somebody else is not to be had, nor a namespace of one's own. */
    static void assumeRoot() {
        assumeTrue(Kernel.weAreRoot(), "skipped: this takes root, who may become anybody and make namespaces");
    }
}
