package dev.gatun.spawner.check;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.process.LaunchOptions;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Result;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What one check is played on: starts spawners and connects to them, and leaves nothing of them behind. */
final class Stage implements AutoCloseable {

    /** A variable in the environment of the spawner. */
    static final String MARKER = "GATUN_SPAWNER_CHECK";

    /** A spawner gives its processes some time to end before it ends itself. */
    private static final Duration LONGEST_END = Duration.ofSeconds(8);

    /** What a shell is given to set its traps where it has no way to say that it has. */
    private static final Duration UNHEARD_START = Duration.ofSeconds(1);

    private static final Duration NO_TIME = Duration.ofMillis(1);

    private final Libc libc;
    private final CheckSettings settings;
    private final Transport transport;
    private final List<SpawnerProgram> programs = new ArrayList<>();
    private final List<Session> sessions = new ArrayList<>();
    private final List<Path> folders = new ArrayList<>();

    private final List<String> earlierStrayLines;

    /** @param strayLines what came that is no message on stages before; what comes on this one is added at its end */
    Stage(Libc libc, CheckSettings settings, Transport transport, List<String> strayLines) {
        this.earlierStrayLines = strayLines;
        this.libc = libc;
        this.settings = settings;
        this.transport = transport;
    }

    Transport transport() {
        return transport;
    }

    Duration timeout() {
        return settings.timeout();
    }

    // Spawners and connections.

    /** A spawner with a connection on which nothing has been said. */
    Session start() {
        String cookie = Long.toHexString(new Random().nextLong());
        List<CString> environment = new ArrayList<>(settings.environment());
        environment.addAll(CString.listOf("SPAWNER_PROTOCOL=1", "SPAWNER_COOKIE=" + cookie, MARKER + "=there"));
        if (transport == Transport.STDIO) {
            SpawnerProgram program = startProgram(environment);
            return add(new Session(program.streams(), cookie, timeout()));
        }
        Path socket = newFolder().resolve("socket");
        environment.add(CString.of("SPAWNER_SOCKET=" + socket));
        expectAnnouncement(startProgram(environment), socket);
        return connect(socket, cookie);
    }

    /** A spawner that has been greeted. */
    Session greeted() {
        Session session = start();
        session.hello();
        return session;
    }

    /** Another connection to the last spawner, behind one that was closed. */
    Session reconnect() {
        Session before = sessions.getLast();
        before.connection().close();
        Session session = connect(folders.getLast().resolve("socket"), before.cookie());
        session.hello();
        return session;
    }

    SpawnerProgram program() {
        return programs.getLast();
    }

    private SpawnerProgram startProgram(List<CString> environment) {
        SpawnerProgram program = SpawnerProgram.start(libc, settings.command(), environment);
        programs.add(program);
        return program;
    }

    private Session connect(Path socket, String cookie) {
        try {
            return add(new Session(new Connection(SocketWire.connect(socket), "socket"), cookie, timeout()));
        } catch (IOException refused) {
            throw new Unmet("connected to SPAWNER_SOCKET", "a connection", refused.getMessage());
        }
    }

    private Session add(Session session) {
        sessions.add(session);
        return session;
    }

    private void expectAnnouncement(SpawnerProgram program, Path socket) {
        Session output = new Session(program.streams(), "", timeout());
        String expected = "1|1|unix|" + socket + "|ndjson";
        String done = "started with SPAWNER_SOCKET";
        Line line = output.await(done, "the line " + expected + " on standard output", _ -> true);
        if (!line.excerpt().equals(Line.excerpt(expected))) {
            throw new Unmet(done, "the line " + expected + " on standard output", "there came " + line.excerpt());
        }
    }

    private Path newFolder() {
        try {
            Path folder = Files.createTempDirectory("gatun-check",
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            folders.add(folder);
            return folder;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    // Processes for it to launch.

    /** A shell that executes a script. */
    LaunchOptions.Builder shell(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("-c", script, "check"));
        words.addAll(List.of(arguments));
        return program(settings.shell(), words.toArray(String[]::new));
    }

    LaunchOptions.Builder program(String program, String... arguments) {
        return LaunchOptions.builder(program, arguments).tailLines(0).settings(settings.settings());
    }

    LaunchOptions script(String script) {
        return shell(script).build();
    }

    /** A process that lasts longer than any check and that SIGTERM ends; nothing of it stays for ever. */
    LaunchOptions sleeper() {
        return script("exec sleep 60");
    }

    /**
     * Launches a process that does something about SIGTERM, and returns when it is ready to do so.
     *
     * @param action what the trap of the shell does; empty to ignore it
     */
    void launchTrapping(Session session, Result.Hello claims, String action) {
        boolean isHeard = Need.CAPTURED.isMetBy(claims.capabilities());
        session.launch("a", 1, shell("trap '" + action + "' TERM; echo ready; "
                + "i=0; while [ $i -lt 300 ]; do i=$((i+1)); sleep 0.1; done").wantsOutput(isHeard).build());
        session.event(isHeard ? "log" : "started", "a", 1);
        if (!isHeard) {
            session.connection().transcript().awaitEnd(UNHEARD_START);
        }
    }

    // Afterwards.

    private Stream<String> strayLines() {
        return sessions.stream().flatMap(session -> session.lines().stream()).filter(Line::isStray)
                .map(Line::excerpt);
    }

    /** What came that is no message, here or on a stage before. */
    Optional<String> firstStrayLine() {
        return Stream.concat(earlierStrayLines.stream(), strayLines()).findFirst();
    }

    /** Whether a process runs on this machine; one that has ended but was not waited for does not. */
    boolean isRunning(int pid) {
        return ProcStat.read(libc, pid).filter(stat -> stat.state() != 'Z' && stat.state() != 'X').isPresent();
    }

    void kill(int pid) {
        PidFd.open(libc, pid).ifPresent(process -> {
            process.send(Signal.KILL.number());
            process.close();
        });
    }

    String log() {
        return programs.stream().map(SpawnerProgram::log).filter(log -> !log.isEmpty())
                .collect(Collectors.joining("\n"));
    }

    @Override
    public void close() {
        endSessions();
        Duration patience = timeout().compareTo(LONGEST_END) < 0 ? timeout() : LONGEST_END;
        for (SpawnerProgram program : programs) {
            if (transport == Transport.UNIX && !program.awaitEnd(patience.dividedBy(2))) {
                program.terminate();
            }
            program.awaitEnd(patience);
        }
        strayLines().forEach(earlierStrayLines::add);
        sessions.forEach(session -> session.connection().close());
        programs.forEach(SpawnerProgram::close);
        folders.forEach(Stage::remove);
    }

    private void endSessions() {
        if (transport == Transport.UNIX && !sessions.isEmpty()) {
            Session last = sessions.getLast();
            if (last.connection().transcript().isEnded() && !program().awaitEnd(NO_TIME)) {
                try {
                    connect(folders.getLast().resolve("socket"), last.cookie());
                } catch (Unmet gone) {
                    // It listens no more. It may still run, and is killed then.
                }
            }
            for (Session session : sessions) {
                session.send("hello", Requests.hello(session.cookie())); // one may not have been said
                session.send("shutdown", Requests.shutdown(Call.Mode.STOP));
            }
        }
        sessions.forEach(session -> session.connection().closeOutput());
    }

    private static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve("socket"));
            Files.deleteIfExists(folder);
        } catch (IOException left) {
            // An empty folder among temporary files harms nobody.
        }
    }
}
