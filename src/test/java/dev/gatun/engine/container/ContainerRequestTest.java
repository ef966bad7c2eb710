package dev.gatun.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.command.CreateContainerCmdImpl;
import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the engine is sent, as JSON (Docker Engine API, ContainerCreate). */
class ContainerRequestTest {

    private static final EngineAbilities ALL =
            new EngineAbilities(true, true, true, true, true, true, false, true, true);
    private static final EngineAbilities NONE =
            new EngineAbilities(false, false, false, false, false, false, false, false, true);

    private static JsonNode json(LaunchOptions.Builder options, EngineAbilities abilities) {
        LaunchOptions built = options.build();
        CreateContainerCmdImpl command = new CreateContainerCmdImpl(unsent -> null, null, "image:1");
        new ContainerRequest(built, LaunchSettings.of(LauncherSettings.NONE, built.settings()), abilities)
                .fill(command, Map.of("dev.gatun.proc", "p"));
        return DefaultDockerClientConfig.createDefaultConfigBuilder().build().getObjectMapper().valueToTree(command);
    }

    private static JsonNode json(LaunchOptions.Builder options) {
        return json(options, ALL);
    }

    private static JsonNode host(LaunchOptions.Builder options) {
        return json(options).path("HostConfig");
    }

    private static LaunchOptions.Builder program() {
        return LaunchOptions.builder("program", "a b", "");
    }

    private static LaunchOptions.Builder with(String name, String value) {
        return program().settings(Map.of(name, value));
    }

    @Test
    void theProgramTakesThePlaceOfTheEntryPointOrIsGivenToIt() {
        JsonNode request = json(program());
        assertThat(request.path("Image").asText()).isEqualTo("image:1");
        assertThat(request.path("Entrypoint")).hasToString("[\"program\"]");
        assertThat(request.path("Cmd")).hasToString("[\"a b\",\"\"]");
        JsonNode given = json(with("entrypoint", "image"));
        assertThat(given.hasNonNull("Entrypoint")).isFalse();
        assertThat(given.path("Cmd")).hasToString("[\"program\",\"a b\",\"\"]");
    }

    @Test
    void theEnvironmentIsWhatWasSaidAndNothingOfOurs() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("B", "x=y");
        variables.put("A", "");
        assertThat(json(program().environment(variables).processName("n").inheritsEnvironment(true)).path("Env"))
                .hasToString("[\"B=x=y\",\"A=\",\"HYPERACTOR_PROCESS_NAME=n\"]");
        assertThat(json(program()).path("Env")).hasToString("[]");
    }

    @Test
    void limitsHaveTheEnginesUnits() {
        JsonNode host = host(program().limits(
                ResourceLimits.NONE.withMemoryBytes(1L << 40).withProcessors(1.5).withProcesses(9)));
        assertThat(host.path("Memory").asLong()).isEqualTo(1L << 40);
        assertThat(host.path("MemorySwap").asLong()).isEqualTo(1L << 40);
        assertThat(host.path("NanoCpus").asLong()).isEqualTo(1_500_000_000L);
        assertThat(host.path("PidsLimit").asLong()).isEqualTo(9);
        JsonNode none = host(program());
        for (String field : List.of("Memory", "MemorySwap", "NanoCpus", "PidsLimit", "CpusetCpus", "CpusetMems")) {
            assertThat(none.hasNonNull(field)).as(field).isFalse();
        }
    }

    @Test
    void whereSwapCannotBeLimitedItIsNot() {
        EngineAbilities abilities = new EngineAbilities(true, false, true, true, true, true, false, true, true);
        JsonNode host = json(program().limits(ResourceLimits.NONE.withMemoryBytes(9 << 20)), abilities)
                .path("HostConfig");
        assertThat(host.path("Memory").asLong()).isEqualTo(9 << 20);
        assertThat(host.hasNonNull("MemorySwap")).isFalse();
    }

    @Test
    void limitsOfSetrlimitKeepTheirNames() {
        assertThat(host(program().rlimits(List.of(
                new Rlimit(Rlimit.Resource.NOFILE, 1, 2),
                new Rlimit(Rlimit.Resource.CORE, 0, Rlimit.UNLIMITED)))).path("Ulimits")).hasToString(
                        "[{\"Name\":\"nofile\",\"Soft\":1,\"Hard\":2},{\"Name\":\"core\",\"Soft\":0,\"Hard\":-1}]");
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        // nodes for processors, nodes for memory, processors, cpus; does the kernel know nodes; cpus and mems of the set
        "-,   -,   -,   0-3, true,  0-3, -",
        "-,   1,   -,   0-3, true,  -,   1",
        "-,   1,   4,   0-3, true,  4,   1",
        "0,   1,   4,   -,   true,  4,   1",
        "all, all, -,   -,   true,  -,   -",
        "0,   1,   4,   2,   false, 2,   -",
        "0,   0,   -,   -,   false, -,   -"})
    void aBindingIsASetOfProcessorsAndNodes(
            String nodes, String memory, String processors, String cpus, boolean knowsNodes, String set, String mems) {
        EngineAbilities abilities = new EngineAbilities(true, true, true, true, true, true, false, knowsNodes, true);
        JsonNode host = json(program().bind(new ProcBind(
                Optional.ofNullable(nodes),
                Optional.ofNullable(memory),
                Optional.ofNullable(processors),
                Optional.ofNullable(cpus))), abilities).path("HostConfig");
        assertThat(host.path("CpusetCpus").textValue()).isEqualTo(set);
        assertThat(host.path("CpusetMems").textValue()).isEqualTo(mems);
    }

    @Test
    void userAndFolderAreTheEnginesToFind() {
        JsonNode request = json(program().user(new ProcUser("u", Optional.of("7"))).workingDirectory("/w"));
        assertThat(request.path("User").asText()).isEqualTo("u:7");
        assertThat(request.path("WorkingDir").asText()).isEqualTo("/w");
        assertThat(json(program().user(new ProcUser("7", Optional.empty()))).path("User").asText()).isEqualTo("7");
    }

    @Test
    void aControlGroupIsTheParent() {
        assertThat(host(program().cgroup("/sys/fs/cgroup/a/b")).path("CgroupParent").asText()).isEqualTo("/a/b");
        EngineAbilities slices = new EngineAbilities(true, true, true, true, true, true, true, true, true);
        assertThat(json(program().cgroup("/sys/fs/cgroup/a.slice/a-b.slice"), slices)
                .path("HostConfig").path("CgroupParent").asText()).isEqualTo("a-b.slice");
        refused(slices, program().cgroup("/sys/fs/cgroup/a"),
                "the engine lets systemd make control groups and takes only slices, unlike /sys/fs/cgroup/a");
        refused(ALL, program().cgroup("/sys/fs/cgroup/../x"),
                "a control group is a folder below /sys/fs/cgroup, unlike /sys/fs/cgroup/../x");
    }

    @Test
    void settingsAreTheContainers() {
        assertThat(host(with("network", "none")).path("NetworkMode").asText()).isEqualTo("none");
        assertThat(host(with("runtime", "r")).path("Runtime").asText()).isEqualTo("r");
        assertThat(host(with("init", "true")).path("Init").asBoolean()).isTrue();
        assertThat(host(with("read-only", "true")).path("ReadonlyRootfs").asBoolean()).isTrue();
        assertThat(host(with("binds", "/a:/b:ro vol:/c")).path("Binds")).hasToString("[\"/a:/b:ro\",\"vol:/c:rw\"]");
        assertThat(json(with("stop-signal", "SIGINT")).path("StopSignal").asText()).isEqualTo("SIGINT");
        JsonNode ports = json(with("ports", "127.0.0.1:80:8080 81:53/udp"));
        assertThat(ports.path("ExposedPorts").fieldNames()).toIterable().containsOnly("8080/tcp", "53/udp");
        JsonNode bound = ports.path("HostConfig").path("PortBindings").path("8080/tcp").path(0);
        assertThat(bound.path("HostIp").asText()).isEqualTo("127.0.0.1");
        assertThat(bound.path("HostPort").asText()).isEqualTo("80");
        assertThat(json(with("labels", "a=b")).path("Labels"))
                .hasToString("{\"a\":\"b\",\"dev.gatun.proc\":\"p\"}");
    }

    @Test
    void theContainerStaysUntilItsExitWasRead() {
        assertThat(host(program()).path("AutoRemove").asBoolean(true)).isFalse();
    }

    @Test
    void whatCannotBeHadIsRefused() {
        refused(ALL, program().argument0("x"),
                "a container's program is called by its own name; argument0 cannot be set");
        refused(ALL, program().bind(ProcBind.nodes("0")),
                "the engine knows no processors of NUMA nodes; name the processors themselves");
        refused(ALL, program().user(new ProcUser("a:b", Optional.empty())),
                "a user and a group have names or numbers without a colon, unlike \"a:b\"");
        refused(ALL, program().user(new ProcUser("a", Optional.of("b:c"))),
                "a user and a group have names or numbers without a colon, unlike \"a:b:c\"");
        refused(ALL, with("ports", "x:y:z:1"),
                "the setting ports has \"x:y:z:1\"; expected [address:]port:containerPort[/protocol]");
        refused(ALL, with("binds", "/a"), "the setting binds has \"/a\"; expected /here:/there[:ro]");
        ResourceLimits none = ResourceLimits.NONE;
        refused(NONE, program().limits(none.withMemoryBytes(1)), "the engine cannot limit memory on this kernel");
        refused(NONE, program().limits(none.withProcessors(1)), "the engine cannot limit processors on this kernel");
        refused(NONE, program().limits(none.withProcesses(1)),
                "the engine cannot limit the number of processes on this kernel");
        refused(NONE, program().bind(ProcBind.cpus("0")), "the engine cannot bind to processors on this kernel");
        refused(NONE, program().cgroup("/sys/fs/cgroup/a"),
                "the engine cannot enter a control group but with cgroup v2 on this kernel");
    }

    private static void refused(EngineAbilities abilities, LaunchOptions.Builder options, String sentence) {
        assertThatThrownBy(() -> json(options, abilities))
                .isInstanceOf(LauncherException.class)
                .hasMessage("launch failed: " + sentence);
    }
}
