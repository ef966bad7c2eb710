package dev.gatun.doctor;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Terminal;
import dev.gatun.linux.proc.ProcFile;
import java.util.Optional;

/** Where this process stands among others. */
final class ProcessChecks extends Checks {

    private final Libc libc;

    ProcessChecks(Libc libc) {
        this.libc = libc;
    }

    @Override
    String heading() {
        return "process";
    }

    @Override
    void run() {
        check("pid", this::pid);
        check("proc", this::proc);
        check("null", this::nullDevice);
        check("terminal", this::terminal);
    }

    private Finding pid() {
        long pid = libc.getpid();
        return Finding.ok(
                "pid",
                Long.toString(pid),
                pid == 1
                        ? "as PID 1 it gets the orphans of the whole container"
                        : "it is not PID 1, so gatun run makes itself a child subreaper");
    }

    private Finding proc() {
        return ProcFile.read(libc, "/proc/self/stat").isPresent()
                ? Finding.ok("proc", "mounted", "descendants, signal masks and command lines can be read")
                : Finding.essential("proc", "not mounted",
                        "without /proc no tree of processes can be found, and none stopped");
    }

    private Finding nullDevice() {
        return ProcFile.read(libc, "/dev/null").isPresent()
                ? Finding.ok("null", "/dev/null", "standard streams that the caller left closed have something to be")
                : Finding.warning("null", "no /dev/null",
                        "standard streams that the caller left closed stay so in the child");
    }

    private Finding terminal() {
        Optional<Terminal> terminal = Terminal.controlling(libc);
        terminal.ifPresent(Terminal::close);
        return terminal.isPresent()
                ? Finding.ok("terminal", "/dev/tty", "the child gets the foreground; Ctrl-C, Ctrl-Z and fg reach it")
                : Finding.ok("terminal", "none", "there is no job control to take part in");
    }
}
