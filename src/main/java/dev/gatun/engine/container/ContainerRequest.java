package dev.gatun.engine.container;

import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.ExposedPort;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.PortBinding;
import com.github.dockerjava.api.model.Ports;
import com.github.dockerjava.api.model.Ulimit;
import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Writes a launch into a request to create a container (Docker Engine API, ContainerCreate). What the engine cannot do
 * is refused: it would leave it out.
 */
record ContainerRequest(LaunchOptions options, LaunchSettings settings, EngineAbilities abilities) {

    private static final Path CGROUP_ROOT = Path.of("/sys/fs/cgroup");
    private static final double NANOS = 1e9;

    /**
     * Fills in everything but the image.
     *
     * @param labels the launcher's; they win
     * @throws LauncherException for what cannot be had in a container
     */
    void fill(CreateContainerCmd command, Map<String, String> labels) {
        command.withEnv(variables())
                .withLabels(merged(settings.labels(), labels))
                .withHostConfig(hostConfig());
        fillProgram(command);
        options.workingDirectory().ifPresent(command::withWorkingDir);
        options.user().map(ContainerRequest::user).ifPresent(command::withUser);
        settings.stopSignal().ifPresent(command::withStopSignal);
        List<ExposedPort> exposed =
                ports().stream().map(PortBinding::getExposedPort).toList();
        command.withExposedPorts(exposed);
    }

    private void fillProgram(CreateContainerCmd command) {
        if (options.argument0().isPresent()) {
            throw refused("a container's program is called by its own name; argument0 cannot be set");
        }
        if (settings.usesEntrypoint()) {
            List<String> words = new ArrayList<>(List.of(options.program()));
            words.addAll(options.arguments());
            command.withCmd(words);
        } else {
            command.withEntrypoint(List.of(options.program())).withCmd(options.arguments());
        }
    }

    private List<String> variables() {
        List<String> variables = new ArrayList<>();
        options.variables().forEach((name, value) -> variables.add(name + "=" + value));
        return variables;
    }

    private HostConfig hostConfig() {
        HostConfig host = HostConfig.newHostConfig();
        // The exit is read after the end, and a process that has ended is started again by its supervisor alone.
        host.withAutoRemove(false);
        fillLimits(host);
        fillBinding(host);
        if (!options.rlimits().isEmpty()) {
            host.withUlimits(options.rlimits().stream().map(ContainerRequest::ulimit).toList());
        }
        options.cgroup().map(this::cgroupParent).ifPresent(host::withCgroupParent);
        settings.network().ifPresent(host::withNetworkMode);
        settings.runtime().ifPresent(host::withRuntime);
        if (!settings.binds().isEmpty()) {
            host.withBinds(parsed("binds", settings.binds(), Bind::parse));
        }
        if (!settings.ports().isEmpty()) {
            Ports ports = new Ports();
            ports().forEach(ports::add);
            host.withPortBindings(ports);
        }
        if (settings.hasInit()) {
            host.withInit(true);
        }
        if (settings.isReadOnly()) {
            host.withReadonlyRootfs(true);
        }
        return host;
    }

    private void fillLimits(HostConfig host) {
        ResourceLimits limits = options.limits();
        if (limits.memoryBytes().isPresent()) {
            need(abilities.limitsMemory(), "limit memory");
            host.withMemory(limits.memoryBytes().getAsLong());
            if (abilities.limitsSwap()) {
                // The engine's default is as much swap again: the kernel would kill late, and the machine be slow by then.
                host.withMemorySwap(limits.memoryBytes().getAsLong());
            }
        }
        if (limits.processors().isPresent()) {
            need(abilities.limitsProcessors(), "limit processors");
            host.withNanoCPUs(Math.round(limits.processors().getAsDouble() * NANOS));
        }
        if (limits.processes().isPresent()) {
            need(abilities.limitsProcesses(), "limit the number of processes");
            host.withPidsLimit(limits.processes().getAsLong());
        }
    }

    private void fillBinding(HostConfig host) {
        if (options.bind().isEmpty()) {
            return;
        }
        need(abilities.bindsProcessors(), "bind to processors");
        ProcBind bind = options.bind().get();
        boolean isByNode = bind.nodesForProcessors().isPresent()
                || bind.nodesForMemory().isPresent()
                || bind.processors().isPresent();
        if (!isByNode || !abilities.hasNodes()) {
            some(bind.cpus()).ifPresent(host::withCpusetCpus);
            return;
        }
        if (bind.processors().isEmpty() && some(bind.nodesForProcessors()).isPresent()) {
            throw refused("the engine knows no processors of NUMA nodes; name the processors themselves");
        }
        some(bind.processors()).ifPresent(host::withCpusetCpus);
        some(bind.nodesForMemory()).ifPresent(host::withCpusetMems);
    }

    /** A list that leaves something out. */
    private static Optional<String> some(Optional<String> list) {
        return list.filter(text -> !text.equals("all"));
    }

    /** The name is the one of setrlimit(2) in lower case; the engine takes -1 for no limit, as the kernel does. */
    private static Ulimit ulimit(Rlimit rlimit) {
        return new Ulimit(rlimit.resource().name().toLowerCase(Locale.ROOT), rlimit.soft(), rlimit.hard());
    }

    private static String user(ProcUser user) {
        String text = user.user() + user.group().map(name -> ":" + name).orElse("");
        boolean isPlain = !user.user().isEmpty()
                && user.user().indexOf(':') < 0
                && user.group().filter(name -> name.isEmpty() || name.indexOf(':') >= 0).isEmpty();
        if (!isPlain) {
            throw refused("a user and a group have names or numbers without a colon, unlike \"" + text + "\"");
        }
        return text;
    }

    /** The container's group is made below the one that is named; none can be entered that is there. */
    private String cgroupParent(String folder) {
        Path path = Path.of(folder).normalize();
        if (!path.startsWith(CGROUP_ROOT) || path.equals(CGROUP_ROOT)) {
            throw refused("a control group is a folder below " + CGROUP_ROOT + ", unlike " + folder);
        }
        need(abilities.hasUnifiedCgroups(), "enter a control group but with cgroup v2");
        if (!abilities.namesSlices()) {
            return "/" + CGROUP_ROOT.relativize(path);
        }
        String name = path.getFileName().toString();
        if (!name.endsWith(".slice")) {
            throw refused("the engine lets systemd make control groups and takes only slices, unlike " + folder);
        }
        return name;
    }

    private List<PortBinding> ports() {
        return parsed("ports", settings.ports(), PortBinding::parse);
    }

    private static <T> List<T> parsed(String name, List<String> words, Function<String, T> parser) {
        List<T> values = new ArrayList<>();
        for (String word : words) {
            try {
                values.add(parser.apply(word));
            } catch (RuntimeException malformed) {
                throw refused("the setting " + name + " has \"" + word + "\"; expected "
                        + (name.equals("ports") ? "[address:]port:containerPort[/protocol]" : "/here:/there[:ro]"));
            }
        }
        return values;
    }

    private static Map<String, String> merged(Map<String, String> labels, Map<String, String> winning) {
        Map<String, String> all = new LinkedHashMap<>(labels);
        all.putAll(winning);
        return all;
    }

    private static void need(boolean isThere, String what) {
        if (!isThere) {
            throw refused("the engine cannot " + what + " on this kernel");
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.LAUNCH, detail);
    }
}
