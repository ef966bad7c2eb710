package dev.gatun.service.dump;

import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcStatus;
import dev.gatun.linux.proc.ProcessTree;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** A JVM that is to be dumped, and what the attach protocol has to know of it. */
final class JvmProcess implements AutoCloseable {

    private static final int EFFECTIVE = 1;
    private static final String REFUSES_ATTACH = "-XX:+DisableAttachMechanism";

    private final Libc libc;
    private final ProcStat process;
    private final PidFd pidfd;
    private final int innerPid;
    private final int effectiveUser;

    private JvmProcess(Libc libc, ProcStat process, PidFd pidfd, int innerPid, int effectiveUser) {
        this.libc = libc;
        this.process = process;
        this.pidfd = pidfd;
        this.innerPid = innerPid;
        this.effectiveUser = effectiveUser;
    }

    /** Opens it; empty when it has ended. */
    static Optional<JvmProcess> open(Libc libc, ProcStat process) {
        Optional<PidFd> pidfd = new ProcessTree(libc).open(process);
        if (pidfd.isEmpty()) {
            return Optional.empty();
        }
        Optional<ProcStatus> status = status(libc, process.pid());
        if (status.isEmpty()) {
            pidfd.get().close();
            return Optional.empty();
        }
        // The last number is the one in the innermost PID namespace, which is all that the JVM knows of.
        String[] pids = fields(status.get(), "NSpid");
        String[] users = fields(status.get(), "Uid");
        int inner = pids.length == 0 ? process.pid() : Integer.parseInt(pids[pids.length - 1]);
        return Optional.of(
                new JvmProcess(libc, process, pidfd.get(), inner, Integer.parseUnsignedInt(users[EFFECTIVE])));
    }

    private static Optional<ProcStatus> status(Libc libc, int pid) {
        return ProcStatus.read(libc, "/proc/" + pid + "/status");
    }

    private static String[] fields(ProcStatus status, String name) {
        String line = status.field(name).orElse("");
        return line.isEmpty() ? new String[0] : line.split("\t");
    }

    ProcStat process() {
        return process;
    }

    /** Its number in its own PID namespace. */
    int innerPid() {
        return innerPid;
    }

    /** Unsigned. */
    int effectiveUser() {
        return effectiveUser;
    }

    boolean hasEnded() {
        return !pidfd.send(0);
    }

    /** Its current folder, as it sees it. */
    Path currentFolder() {
        return Path.of("/proc/" + process.pid() + "/cwd");
    }

    /**
     * Its {@code /tmp}, whatever {@code java.io.tmpdir} says. Only root may look into one that may not be traced (its
     * program has capabilities, for one); where it is in our PID namespace, it most likely has our files too.
     */
    Path temporaryFolder() {
        Path own = Path.of("/proc/" + process.pid() + "/root/tmp");
        return innerPid == process.pid() && !Files.exists(own) ? Path.of("/tmp") : own;
    }

    /** Where it listens, once it does. */
    Path socket() {
        return temporaryFolder().resolve(".java_pid" + innerPid);
    }

    /**
     * Has it look for the file that asks it to listen.
     *
     * @throws DumpFailure where SIGQUIT would end it, or do nothing but print its threads
     */
    void wakeUp() throws DumpFailure {
        if (refusesAttach()) {
            throw new DumpFailure(Words.process(process) + " runs with " + REFUSES_ATTACH);
        }
        if (!catches(Signal.QUIT)) {
            throw new DumpFailure(Words.process(process)
                    + " does not catch SIGQUIT, which would end it: it is still starting, or does not let anybody attach");
        }
        if (!pidfd.send(Signal.QUIT.number())) {
            throw new DumpFailure(Words.process(process) + " has ended");
        }
    }

    private boolean catches(Signal signal) {
        Optional<ProcStatus> status = status(libc, process.pid());
        String caught = status.isEmpty() ? "0" : status.get().field("SigCgt").orElse("0");
        return new SignalSet(Long.parseUnsignedLong(caught, 16)).contains(signal.number());
    }

    private boolean refusesAttach() {
        Optional<byte[]> commandLine = ProcFile.read(libc, "/proc/" + process.pid() + "/cmdline");
        return commandLine.isPresent()
                && new String(commandLine.get(), StandardCharsets.ISO_8859_1).contains("\0" + REFUSES_ATTACH + "\0");
    }

    @Override
    public void close() {
        pidfd.close();
    }
}
