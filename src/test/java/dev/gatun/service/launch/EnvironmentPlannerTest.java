package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.service.config.MemoryMode;
import dev.gatun.service.config.ServiceConfig;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentPlannerTest {

    private static final DistRoot ROOT = new DistRoot(CString.of("/opt/my service"));
    private static final Metadata METADATA = new Metadata("my-service", "1.2.3", Optional.empty());
    private static final MemoryPlan MANAGED =
            new MemoryPlan.Managed(MemoryMode.CGROUP_AWARE, 1073741824, "file", 724775731, 1, 2);
    private static final MemoryPlan UNMANAGED = new MemoryPlan.Unmanaged(Optional.empty());
    private static final CpuPlan CPU = new CpuPlan(3, "file");

    private static final String[] OF_PYTHON = {
        "SERVICE_NAME=my-service", "SERVICE_VERSION=1.2.3", "SLS_SERVICE_NAME=my-service",
        "SLS_SERVICE_VERSION=1.2.3", "PYTHONDONTWRITEBYTECODE=1", "PYTHONUNBUFFERED=1",
        "TMPDIR=/opt/my service/var/data/tmp", "OMP_NUM_THREADS=3", "MKL_NUM_THREADS=3", "OPENBLAS_NUM_THREADS=3",
        "NUMEXPR_MAX_THREADS=3", "SERVICE_CPU_COUNT=3"};

    private static final String[] OF_MEMORY = {
        "MEMORY_LIMIT_BYTES=724775731", "CGROUP_LIMIT_BYTES=1073741824", "MEMORY_MODE=cgroup-aware",
        "SLS_MEMORY_LIMIT_BYTES=724775731", "SLS_CGROUP_LIMIT_BYTES=1073741824", "SLS_MEMORY_MODE=cgroup-aware",
        "MALLOC_ARENA_MAX=2", "MALLOC_TRIM_THRESHOLD_=131072", "PYTHONMALLOC=malloc"};

    private static ServiceEnvironment primary(ServiceConfig config, MemoryPlan memory, String... inherited) {
        return new EnvironmentPlanner(CString.listOf(inherited), ROOT).primary(config, METADATA, memory, CPU);
    }

    private static List<String> texts(ServiceEnvironment environment) {
        return Dist.texts(environment.entries());
    }

    private static ServiceConfig python(String... lines) {
        return Services.read(lines.length == 0 ? new String[]{"configVersion: 1"} : lines);
    }

    @Test
    void aManagedPythonServiceIsToldEverything() {
        ServiceEnvironment environment = primary(python(), MANAGED, "PATH=/bin");
        assertThat(texts(environment)).startsWith("PATH=/bin").contains(OF_MEMORY).contains(OF_PYTHON)
                .hasSize(1 + OF_MEMORY.length + OF_PYTHON.length);
        assertThat(Dist.texts(environment.assigned())).containsExactlyInAnyOrderElementsOf(
                texts(environment).subList(1, environment.entries().size()));
    }

    @Test
    void anUnmanagedOneIsToldNothingOfMemory() {
        assertThat(texts(primary(python(), UNMANAGED))).containsExactlyInAnyOrder(OF_PYTHON);
        assertThat(texts(primary(python(), new MemoryPlan.Unmanaged(Optional.of("a warning")))))
                .containsExactlyInAnyOrder(OF_PYTHON);
    }

    @Test
    void memoryGoesOverWhatIsInherited() {
        assertThat(texts(primary(
                python(), MANAGED, "MEMORY_LIMIT_BYTES=1", "OMP_NUM_THREADS=64", "PYTHONMALLOC=debug",
                "MEMORY_MODE=x")))
                .contains("MEMORY_LIMIT_BYTES=724775731", "OMP_NUM_THREADS=3", "PYTHONMALLOC=malloc")
                .startsWith("MEMORY_LIMIT_BYTES=724775731")
                .doesNotContain("OMP_NUM_THREADS=64");
    }

    @Test
    void withoutMemoryThreadsStayAsTheyAreInherited() {
        assertThat(texts(primary(python(), UNMANAGED, "OMP_NUM_THREADS=64", "MEMORY_MODE=x")))
                .contains("OMP_NUM_THREADS=64", "MKL_NUM_THREADS=3", "MEMORY_MODE=x");
    }

    @Test
    void theConfigurationGoesOverMemory() {
        assertThat(texts(primary(
                python("env: {MEMORY_LIMIT_BYTES: 5, OMP_NUM_THREADS: 1, PYTHONMALLOC: '', SERVICE_CPU_COUNT: 9}"),
                MANAGED)))
                .contains("MEMORY_LIMIT_BYTES=5", "OMP_NUM_THREADS=1", "PYTHONMALLOC=", "SERVICE_CPU_COUNT=9");
    }

    @Test
    void whoTheServiceIsGoesOverTheConfiguration() {
        assertThat(texts(primary(
                python("env: {SERVICE_NAME: a, SERVICE_VERSION: b, SLS_SERVICE_NAME: c, SLS_SERVICE_VERSION: d}"),
                MANAGED, "SERVICE_NAME=e")))
                .contains(OF_PYTHON)
                .doesNotContain("SERVICE_NAME=a", "SERVICE_NAME=e");
    }

    @Test
    void habitsOfPythonGoUnderWhatIsInheritedOrConfigured() {
        assertThat(texts(primary(
                python("env: {PYTHONUNBUFFERED: ''}"), MANAGED,
                "TMPDIR=/tmp", "PYTHONDONTWRITEBYTECODE=", "SERVICE_CPU_COUNT=64")))
                .contains("TMPDIR=/tmp", "PYTHONDONTWRITEBYTECODE=", "PYTHONUNBUFFERED=", "SERVICE_CPU_COUNT=64")
                .doesNotContain("TMPDIR=/opt/my service/var/data/tmp", "SERVICE_CPU_COUNT=3");
    }

    @Test
    void theTemporaryFolderIsAbsolute() {
        assertThat(texts(primary(python("paths: {tmpDir: scratch}"), MANAGED)))
                .contains("TMPDIR=/opt/my service/scratch");
        assertThat(texts(primary(python("paths: {tmpDir: /scratch}"), MANAGED))).contains("TMPDIR=/scratch");
    }

    @Test
    void mallocIsLeftAloneWhereThatIsAskedFor() {
        assertThat(texts(primary(
                python("memory: {mallocArenaMax: 0, mallocTrimThreshold: -1}"), MANAGED, "MALLOC_ARENA_MAX=7")))
                .contains("MALLOC_ARENA_MAX=7")
                .noneMatch(entry -> entry.startsWith("MALLOC_TRIM"));
        assertThat(texts(primary(python("memory: {mallocTrimThreshold: 0}"), MANAGED)))
                .contains("MALLOC_TRIM_THRESHOLD_=0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"python", "java", "executable"})
    void theCurrentFolderIsTheOnlyTemplate(String type) {
        ServiceConfig config = Services.read(
                "configType: " + type,
                "env:",
                "  ONE: '{{CWD}}/etc'",
                "  TWO: 'a:{{CWD}}:{{CWD}}/x'",
                "  OTHER: '{{HOME}} $HOME ${HOME} ~ {{ CWD }}'",
                "  '{{CWD}}': x",
                "  YES: yes",
                "  NUMBER: 1.50",
                "  NOTHING:");
        assertThat(texts(primary(config, MANAGED))).contains(
                "ONE=/opt/my service/etc", "TWO=a:/opt/my service:/opt/my service/x",
                "OTHER={{HOME}} $HOME ${HOME} ~ {{ CWD }}", "{{CWD}}=x", "YES=yes", "NUMBER=1.50", "NOTHING=");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "executable"})
    void othersGetTheirConfigurationOverWhatIsInheritedAndNothingElse(String type) {
        ServiceConfig config = Services.read("configType: " + type, "env: {A: 2, MALLOC_ARENA_MAX: 4}");
        assertThat(primary(config, MANAGED, "A=1", "B=1", "TMPDIR=x", "A=3")).isEqualTo(new ServiceEnvironment(
                CString.listOf("A=2", "B=1", "TMPDIR=x", "MALLOC_ARENA_MAX=4"),
                CString.listOf("A=2", "MALLOC_ARENA_MAX=4")));
    }

    @Test
    void whatIsInheritedStaysByteByByte() {
        CString odd = CString.ofBytes(new byte[]{'X', '=', (byte) 0xff});
        assertThat(new EnvironmentPlanner(List.of(odd), ROOT).primary(python(), METADATA, MANAGED, CPU).entries())
                .startsWith(odd);
    }

    @Test
    void aSubProcessOfPythonHasTheEnvironmentOfThePrimaryAndItsOwnOverIt() {
        ServiceConfig config = python("env: {A: 1}", "subProcesses: {web: {executable: x, env: {SERVICE_NAME: web, "
                + "B: '{{CWD}}'}}}");
        EnvironmentPlanner planner = new EnvironmentPlanner(CString.listOf("PATH=/bin"), ROOT);
        ServiceEnvironment primary = planner.primary(config, METADATA, MANAGED, CPU);
        ServiceEnvironment web = planner.subProcess(config, primary, config.subProcesses().get("web").program());
        assertThat(texts(web)).contains("A=1", "SERVICE_NAME=web", "B=/opt/my service", "SLS_SERVICE_NAME=my-service")
                .hasSize(primary.entries().size() + 1);
        assertThat(Dist.texts(web.assigned())).contains("SERVICE_NAME=web", "A=1").doesNotContain("PATH=/bin");
    }

    @Test
    void aSubProcessOfOthersHasOursAndItsOwnOverIt() {
        ServiceConfig config = Services.read(
                "{configType: java, env: {A: 1}, subProcesses: {envoy: {configType: executable, env: {B: 2, C: 3}}}}");
        EnvironmentPlanner planner = new EnvironmentPlanner(CString.listOf("B=1", "PATH=/bin"), ROOT);
        ServiceEnvironment primary = planner.primary(config, METADATA, UNMANAGED, CPU);
        assertThat(planner.subProcess(config, primary, config.subProcesses().get("envoy").program()))
                .isEqualTo(new ServiceEnvironment(
                        CString.listOf("B=2", "PATH=/bin", "C=3"), CString.listOf("B=2", "C=3")));
    }
}
