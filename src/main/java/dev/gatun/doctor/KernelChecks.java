package dev.gatun.doctor;

import dev.gatun.linux.Architecture;
import dev.gatun.linux.KernelFeatures;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;

/** What the kernel lets us do, tried one by one. */
final class KernelChecks extends Checks {

    private final Libc libc;
    private final KernelFeatures features;

    KernelChecks(Libc libc) {
        this.libc = libc;
        features = new KernelFeatures(libc);
    }

    @Override
    String heading() {
        return "kernel";
    }

    @Override
    void run() {
        check("architecture", KernelChecks::architecture);
        check("release", () -> Finding.ok(
                "release", System.getProperty("os.version"),
                "what is used of it is tried below, whatever its version"));
        essential("pidfd_open", features::pidfdOpen,
                "processes are held by what they are, not by a number that can be reused");
        essential("pidfd_send_signal", features::pidfdSendSignal, "no signal reaches a stranger with a reused pid");
        useful("waitid_pidfd", features::waitByPidfd, "a process can be waited for by its pidfd",
                "children are waited for by their pids, which is as safe until somebody has waited");
        essential("close_range", features::closeRangeAtExec, "children inherit no descriptor by accident");
        useful("child_subreaper", features::childSubreaper, "orphaned descendants come to Gatun where it is not PID 1",
                "gatun run needs --no-subreaper unless it is PID 1");
        essential("event_descriptors", features::eventDescriptors,
                "epoll waits for signals, timers, wake-ups and exits at once");
        essential("executable_memory", features::executableMemory,
                "the machine code that starts programs may be put into memory");
        for (String resource : new String[]{"memory", "cpu", "io"}) {
            check("pressure_" + resource, () -> pressure(resource));
        }
    }

    private static Finding architecture() {
        String name = System.getProperty("os.arch");
        try {
            Architecture.current();
            return Finding.ok("architecture", name, "Gatun has machine code and system call numbers for it");
        } catch (IllegalStateException | LinkageError unknown) {
            return Finding.essential("architecture", name, "Gatun runs on x86-64 and aarch64 only");
        }
    }

    private void essential(String name, Runnable trial, String meaning) {
        check(name, () -> {
            try {
                trial.run();
                return Finding.ok(name, "works", meaning);
            } catch (LinuxException refused) {
                return Finding.essential(name, refused.getMessage(), "Gatun launches nothing without it");
            }
        });
    }

    private void useful(String name, Runnable trial, String meaning, String without) {
        check(name, () -> {
            try {
                trial.run();
                return Finding.ok(name, "works", meaning);
            } catch (LinuxException refused) {
                return Finding.missing(name, refused.getMessage(), without);
            }
        });
    }

    private Finding pressure(String resource) {
        String name = "pressure_" + resource;
        String without = "the kernel keeps no pressure figures; psi=1 on its command line turns them on";
        try {
            return ProcFile.read(libc, "/proc/pressure/" + resource).isPresent()
                    ? Finding.ok(name, "readable", "a shortage shows before something fails of it")
                    : Finding.missing(name, "no such file", without);
        } catch (LinuxException off) {
            return Finding.missing(name, off.getMessage(), without);
        }
    }
}
