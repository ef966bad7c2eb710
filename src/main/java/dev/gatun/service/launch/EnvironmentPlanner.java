package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.MemorySettings;
import dev.gatun.service.config.Program;
import dev.gatun.service.config.ServiceConfig;
import java.util.List;
import java.util.Map;

/**
 * The environments of a service's processes. Each starts from ours; a Python service is told who it is and what it may
 * use, a Java service or an executable nothing but what its configuration says.
 */
public final class EnvironmentPlanner {

    private static final String CURRENT_FOLDER = "{{CWD}}";

    /** What the numeric libraries of Python take for the number of their threads, each of which costs memory. */
    private static final String[] THREADS =
            {"OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMEXPR_MAX_THREADS"};

    private final List<CString> inherited;
    private final DistRoot root;

    /** @param inherited our own entries, byte by byte */
    public EnvironmentPlanner(List<CString> inherited, DistRoot root) {
        this.inherited = List.copyOf(inherited);
        this.root = requireNonNull(root);
    }

    /** Of the primary process. */
    public ServiceEnvironment primary(ServiceConfig config, Metadata metadata, MemoryPlan memory, CpuPlan cpu) {
        EnvironmentTable table = new EnvironmentTable(inherited);
        if (config.type() != ConfigType.PYTHON) {
            configured(table, config.program());
            return table.finished();
        }
        String count = Integer.toString(cpu.count());
        if (memory.kind() == MemoryPlan.Kind.MANAGED) {
            memory(table, (MemoryPlan.Managed) memory, config.memory());
            for (String name : THREADS) {
                table.set(name, count);
            }
        }
        configured(table, config.program());
        for (String prefix : new String[]{"", "SLS_"}) {
            table.set(prefix + "SERVICE_NAME", metadata.name()).set(prefix + "SERVICE_VERSION", metadata.version());
        }
        table.setIfAbsent("PYTHONDONTWRITEBYTECODE", "1").setIfAbsent("PYTHONUNBUFFERED", "1");
        // Absolute: a relative one is another folder for every child that changes its own.
        table.setIfAbsent("TMPDIR", root.resolve(config.paths().temporaryFolder()));
        for (String name : THREADS) {
            table.setIfAbsent(name, count);
        }
        return table.setIfAbsent("SERVICE_CPU_COUNT", count).finished();
    }

    /**
     * Of a sub-process: that of the primary process where that is Python, else ours; and its own over it.
     *
     * @param config of the service
     */
    public ServiceEnvironment subProcess(ServiceConfig config, ServiceEnvironment primary, Program program) {
        boolean likePrimary = config.type() == ConfigType.PYTHON;
        EnvironmentTable own = new EnvironmentTable(likePrimary ? primary.entries() : inherited);
        configured(own, program);
        EnvironmentTable assigned = new EnvironmentTable(likePrimary ? primary.assigned() : List.of());
        configured(assigned, program);
        return new ServiceEnvironment(own.finished().entries(), assigned.finished().entries());
    }

    private static void memory(EnvironmentTable table, MemoryPlan.Managed memory, MemorySettings settings) {
        for (String prefix : new String[]{"", "SLS_"}) {
            table.set(prefix + "MEMORY_LIMIT_BYTES", Long.toString(memory.effectiveBytes()))
                    .set(prefix + "CGROUP_LIMIT_BYTES", Long.toString(memory.limitBytes()))
                    .set(prefix + "MEMORY_MODE", memory.mode().text());
        }
        if (settings.mallocArenaMax().isPresent()) {
            table.set("MALLOC_ARENA_MAX", Integer.toString(settings.mallocArenaMax().getAsInt()));
        }
        if (settings.mallocTrimThresholdBytes().isPresent()) {
            // The underscore is part of the name (mallopt(3)).
            table.set("MALLOC_TRIM_THRESHOLD_", Long.toString(settings.mallocTrimThresholdBytes().getAsLong()));
        }
        // Python's own allocator gives hardly anything back, so that what the process holds is not what it uses.
        table.set("PYTHONMALLOC", "malloc");
    }

    private void configured(EnvironmentTable table, Program program) {
        for (Map.Entry<String, String> variable : program.env().entrySet()) {
            table.set(variable.getKey(), withFolder(variable.getValue()));
        }
    }

    private CString withFolder(String value) {
        int at = value.indexOf(CURRENT_FOLDER);
        if (at < 0) {
            return CString.of(value);
        }
        return CString.of(value.substring(0, at))
                .plus(root.path())
                .plus(withFolder(value.substring(at + CURRENT_FOLDER.length())));
    }
}
