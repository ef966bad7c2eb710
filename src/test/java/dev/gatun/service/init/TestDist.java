package dev.gatun.service.init;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.SpawnTape.Builder.FileMode;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcessTree;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.ProcessSetup.Grouping;
import dev.gatun.process.Redirect;
import dev.gatun.service.instance.ExpectedCommand;
import dev.gatun.service.instance.InstanceFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;

/**
 * A service whose launchers are shell scripts. They say in the files of the instance what they do, as a launcher does:
 * {@code $1} is the pid file; {@code record PID} and {@code remove} are there for them.
 */
final class TestDist implements Launchers, InitOutput, AutoCloseable {

    private static final String FUNCTIONS = """
            pidfile=$1
            boot=$(cat /proc/sys/kernel/random/boot_id)
            ticks() { cut -d' ' -f22 "/proc/$1/stat"; }
            launcher() { printf 'boot-id=%s\\nlauncher-pid=%s\\nlauncher-start-ticks=%s\\ncommand=test\\n' \\
                "$boot" $$ "$(ticks $$)"; }
            claim() { launcher >"$pidfile.info.new"; mv "$pidfile.info.new" "$pidfile.info"; }
            record() {
                { printf 'pid=%s\\nstart-ticks=%s\\n' "$1" "$(ticks "$1")"; launcher; } >"$pidfile.info.new"
                mv "$pidfile.info.new" "$pidfile.info"
                echo "$1" >"$pidfile.new"; mv "$pidfile.new" "$pidfile"
            }
            remove() { rm -f "$pidfile" "$pidfile.info"; }
            """;

    /** Stays with its process, and stops it on request. */
    static final String SUPERVISE = """
            echo "hello from $2"
            claim
            sleep 1000 &
            child=$!
            trap 'kill $child; wait $child; remove; exit 0' TERM
            record $child
            wait $child
            """;

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    final Libc libc;
    final Path root;
    final List<String> out = new ArrayList<>();
    final List<String> err = new ArrayList<>();
    final List<Integer> launched = new ArrayList<>();
    private final List<ManagedProcess> processes = new ArrayList<>();
    private final Map<String, String> scripts = new HashMap<>();
    private String check = "exit 0";
    private boolean badConfiguration;
    private Duration startTimeout = PATIENCE;
    private Duration stopTimeout = PATIENCE;

    TestDist(Path root) {
        this(root, new SystemLibc());
    }

    TestDist(Path root, Libc libc) {
        this.root = root;
        this.libc = libc;
    }

    /** Adds a process; the first is the primary one. */
    TestDist with(String name, String launcher) {
        InstanceFile instance = new InstanceFile(libc, pidFile(name).toString(), ExpectedCommand.ANY);
        String log = processes.isEmpty() ? "startup.log" : name + "-startup.log";
        processes.add(new ManagedProcess(name, instance, log(log).toString()));
        scripts.put(name, launcher);
        return this;
    }

    TestDist withCheck(String script) {
        check = script;
        return this;
    }

    TestDist withBadConfiguration() {
        badConfiguration = true;
        return this;
    }

    TestDist withStartTimeout(Duration timeout) {
        startTimeout = timeout;
        return this;
    }

    TestDist withStopTimeout(Duration timeout) {
        stopTimeout = timeout;
        return this;
    }

    InitVerbs verbs() {
        return new InitVerbs(libc, root.toString(), this::read, this, this, startTimeout, stopTimeout);
    }

    private List<ManagedProcess> read() {
        if (badConfiguration) {
            throw new InitProblem(List.of("launcher-static.yml:1:1: found nothing"));
        }
        return processes;
    }

    InstanceFile instance(String name) {
        for (ManagedProcess process : processes) {
            if (process.name().equals(name)) {
                return process.instance();
            }
        }
        throw new AssertionError(name);
    }

    Path pidFile(String name) {
        return root.resolve("var/run/" + name + ".pid");
    }

    Path log(String name) {
        return root.resolve("var/log/" + name);
    }

    /** Writes a pid file as the older programs do. */
    void writePid(String name, String content) {
        try {
            Files.createDirectories(pidFile(name).getParent());
            Files.writeString(pidFile(name), content);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    int pid(String name) {
        try {
            return Integer.parseInt(Files.readString(pidFile(name)).trim());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public SpawnResult start(ManagedProcess process) {
        return spawn(FUNCTIONS + scripts.get(process.name()), process.instance().path(), process.name(),
                process.logPath());
    }

    /** Runs a script as the leader of a session. */
    int run(String script) {
        SpawnResult result = spawn(script, "", "", "/dev/null");
        return ((Spawned) result).pid();
    }

    private SpawnResult spawn(String script, String pidFile, String name, String log) {
        CString shell = CString.of("/bin/sh");
        List<CString> words = CString.listOf("sh", "-c", script, "launcher", pidFile, name);
        if (script.contains("NO PROGRAM")) {
            shell = CString.of("/no/such/program");
        }
        Redirect file = new Redirect.ToFile(CString.of(log), FileMode.APPEND);
        SpawnResult result = new ProcessSetup(shell, words, CString.listOf("PATH=" + System.getenv("PATH")))
                .grouping(Grouping.SESSION)
                .parentDeathSignal(Optional.empty())
                .streams(new Redirect.Discard(), file, new Redirect.MergeIntoOutput())
                .workingDirectory(CString.of(root.toString()))
                .tape(libc).spawn(libc);
        if (result instanceof Spawned spawned) {
            launched.add(spawned.pid());
        }
        return result;
    }

    @Override
    public SpawnResult check(String logPath) {
        return spawn(check, "", "", logPath);
    }

    @Override
    public String become() {
        return "execve(/no/such/program): ENOENT";
    }

    @Override
    public void out(String line) {
        out.add(line);
    }

    @Override
    public void err(String line) {
        err.add(line);
    }

    boolean isAlive(int pid) {
        Optional<ProcStat> stat = ProcStat.read(libc, pid);
        return stat.isPresent() && !stat.get().isZombie();
    }

    void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still waiting for %s; %s", what, err).isLessThan(deadline);
            Thread.yield();
        }
    }

    /** Waits for a file that a script writes and gives its content. */
    String awaitText(String name) {
        Path file = root.resolve(name);
        String[] text = {""};
        await(name, () -> {
            try {
                text[0] = Files.exists(file) ? Files.readString(file) : "";
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
            return text[0].endsWith("\n");
        });
        return text[0].trim();
    }

    /** Leaves no process behind: whoever is in a session of ours, and below. */
    @Override
    public void close() {
        Libc real = new SystemLibc();
        ProcessTree tree = new ProcessTree(real);
        Set<Integer> members = new HashSet<>(launched);
        for (int looks = 0; looks < 3; looks++) {
            for (ProcStat process : tree.all()) {
                if (members.contains(process.session()) || members.contains(process.parent())) {
                    members.add(process.pid());
                    real.kill(process.pid(), Signal.KILL.number());
                }
            }
        }
        for (int pid : launched) {
            new Children(real).await(pid);
        }
    }
}
