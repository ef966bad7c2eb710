package dev.gatun.service.dump;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcStat;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Optional;

/** A dump by the JVM itself, on a thread of its own that ends with it. */
final class JvmDump implements DumpTask {

    /** Name of the thread. */
    static final String THREAD = "memory dump";

    private final Libc libc;
    private final AttachCommand command;
    private final int pid;
    private final DumpFile file;
    private final Duration listenLimit;
    private final Patience patience = new Patience();

    /** What the thread is at. */
    private volatile String progress = "";

    /** @param timeout of all of it; half of it may pass until the JVM listens */
    JvmDump(Libc libc, AttachCommand command, int pid, DumpFile file, Duration timeout) {
        this.libc = libc;
        this.command = command;
        this.pid = pid;
        this.file = file;
        this.listenLimit = timeout.dividedBy(2);
    }

    @Override
    public void start(Conclusion conclusion) {
        try {
            // Read here, where nobody waits for it meanwhile: later its number may be another's.
            Optional<ProcStat> leader = ProcStat.read(libc, pid);
            if (leader.isEmpty() || leader.get().isZombie()) {
                conclusion.failed("process " + pid + " has ended");
                return;
            }
            progress = "the JVM of " + Words.process(leader.get()) + " is not found yet";
            Thread thread = new Thread(() -> conclude(leader.get(), conclusion), THREAD);
            thread.setDaemon(true);
            thread.start();
        } catch (LinuxException unreadable) {
            conclusion.failed(unreadable.getMessage());
        }
    }

    private void conclude(ProcStat leader, Conclusion conclusion) {
        String reason = "";
        try {
            take(leader);
        } catch (DumpFailure | LinuxException failure) {
            reason = failure.getMessage();
        } catch (IOException failure) {
            reason = IoProblem.describe(failure);
        } catch (RuntimeException | Error unforeseen) {
            reason = unforeseen.toString();
        }
        // Nobody is told what nobody waits for: the loop may be closed.
        if (!patience.hasEnded()) {
            if (reason.isEmpty()) {
                conclusion.taken(Optional.of(file.path()));
            } else {
                conclusion.failed(reason);
            }
        }
    }

    private void take(ProcStat leader) throws DumpFailure, IOException {
        ByteBuffer request = command.request(file.path());
        file.makeFolder(libc);
        try (JvmProcess jvm = new JvmSearch(libc).find(leader)) {
            String name = Words.process(jvm.process());
            progress = name + " has not begun to listen";
            try (AttachConnection connection = AttachConnection.open(jvm, listenLimit, patience)) {
                progress = name + " has not answered";
                judge(name, connection.request(request));
            }
        }
    }

    private void judge(String name, AttachReply reply) throws DumpFailure {
        if (reply.isMissing()) {
            throw new DumpFailure(name + " has closed the connection without an answer" + remains());
        }
        if (!reply.says(command.success())) {
            throw new DumpFailure(name + " says: " + reply.lastLine() + remains());
        }
        if (!file.exists(libc)) {
            throw new DumpFailure(name + " has written " + file.path() + ", which is not there: it sees other files");
        }
    }

    private String remains() {
        return file.exists(libc) ? "; " + file.path() + " is half-written" : "";
    }

    @Override
    public String abandon() {
        patience.end();
        return progress + remains();
    }
}
