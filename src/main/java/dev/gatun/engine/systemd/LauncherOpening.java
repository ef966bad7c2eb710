package dev.gatun.engine.systemd;

import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import dev.gatun.process.ProcLauncher;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadLocalRandom;

/** Puts a launcher together: the bus, the threads, the folder. The first class of this package that needs dbus-java. */
final class LauncherOpening {

    /** The first with {@code CollectMode=}, and with sockets for files of standard output. */
    private static final int OLDEST_MANAGER = 236;

    /** The manager answers one call after the other; more threads would wait in line there. */
    private static final int WORKERS = 4;

    private LauncherOpening() {}

    /**
     * Opens.
     *
     * @param uid our own
     * @param environment of this program
     * @throws LauncherException with one sentence where there is no bus, or no systemd that is recent enough on it
     */
    static ProcLauncher open(SystemdSettings settings, long uid, Map<String, String> environment) {
        ScheduledThreadPoolExecutor state = new ScheduledThreadPoolExecutor(1, daemons("gatun-systemd"));
        state.setRemoveOnCancelPolicy(true);
        state.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS, daemons("gatun-systemd-bus"));
        try {
            BusLink link = BusLink.open(
                    BusAddress.candidates(settings.bus(), uid, environment), state, workers);
            try {
                int version = version(link);
                RuntimeFolder folder = RuntimeFolder.make(parent(settings, uid, environment));
                String token = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
                return SystemdProcLauncher.begin(new UnitContext(
                        settings, token, version, link, state, workers, OutputReader.start(), folder));
            } catch (BusException | IOException | LauncherException unusable) {
                link.close();
                throw unusable;
            }
        } catch (BusException | IOException | LauncherException unusable) {
            state.shutdownNow();
            workers.shutdownNow();
            throw unusable instanceof LauncherException told ? told : refused(unusable);
        }
    }

    private static int version(BusLink link) throws BusException {
        int version = link.connection().version();
        if (version < OLDEST_MANAGER) {
            throw new LauncherException(Operation.OTHER,
                    "systemd " + version + " is too old; expected " + OLDEST_MANAGER + " or later");
        }
        return version;
    }

    private static LauncherException refused(Exception problem) {
        String what = problem instanceof BusException ? "connect to systemd: " : "the folder of the systemd launcher: ";
        return new LauncherException(Operation.OTHER, what + problem.getMessage(), problem);
    }

    /** In memory where possible, and where the manager sees it too: it has a /tmp of its own now and then. */
    private static Path parent(SystemdSettings settings, long uid, Map<String, String> environment) {
        if (settings.folder().isPresent()) {
            return Path.of(settings.folder().get());
        }
        String runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        Path own = Path.of(uid == 0 ? "/run" : runtime);
        return !own.toString().isEmpty() && Files.isWritable(own) ? own : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }
}
