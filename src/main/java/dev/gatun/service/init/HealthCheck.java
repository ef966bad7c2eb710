package dev.gatun.service.init;

import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.Libc;
import dev.gatun.linux.PidFd;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SpawnFailure;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.WaitStatus;
import dev.gatun.loop.EventLoop;
import java.util.Optional;

/** Runs the health check of a service to its end, and says what came of it in one word. */
final class HealthCheck {

    private final Libc libc;
    private final InitOutput output;
    private Optional<Throwable> problem = Optional.empty();

    HealthCheck(Libc libc, InitOutput output) {
        this.libc = libc;
        this.output = output;
    }

    /** @param log empty, and there to be written to */
    int run(Launchers launchers, String log) {
        SpawnResult result = launchers.check(log);
        if (!(result instanceof Spawned spawned)) {
            output.err("the check cannot be started: " + ((SpawnFailure) result).describe());
            return InitVerbs.FAILED;
        }
        try (PidFd check = spawned.pidfd()) {
            int exitCode = await(spawned.pid(), check);
            output.out(exitCode == 0 ? "Healthy" : "Unhealthy");
            return exitCode;
        }
    }

    private int await(int pid, PidFd check) {
        try (EventLoop loop = EventLoop.open(libc, thrown -> problem = Optional.of(thrown));
                Interruption interruption = new Interruption(libc, loop)) {
            boolean[] ended = new boolean[1];
            loop.watch(check, Epoll.READABLE, readiness -> ended[0] = true);
            while (!ended[0] && !interruption.isThere() && problem.isEmpty()) {
                loop.runOnce();
            }
            if (!ended[0]) {
                check.send(Signal.TERM.number());
                return interruption.isThere() ? interruption.exitCode() : InitVerbs.FAILED;
            }
        }
        Optional<Children.Change> end = new Children(libc).await(pid);
        if (end.isEmpty()) {
            return InitVerbs.FAILED;
        }
        WaitStatus status = end.get().status();
        return status.exited() ? status.exitCode() : 128 + status.signal();
    }
}
