package dev.gatun.engine.systemd;

import dev.gatun.engine.systemd.BusException.Kind;
import dev.gatun.linux.NumaTopology;
import dev.gatun.linux.SystemLibc;
import dev.gatun.process.LaunchOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/** The start of one unit, by a worker: what it needs is made, then the manager is asked. */
final class UnitStart {

    /** How long a unit of the same name that has ended may take to go away. */
    private static final Duration CLEARANCE = Duration.ofSeconds(5);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(20);

    private final UnitContext context;
    private final UnitName name;
    private final LaunchOptions options;
    private final UnitSettings settings;
    private final String description;
    private Optional<Path> environmentFile = Optional.empty();
    private Optional<CapturedOutput> output = Optional.empty();
    private boolean wasAsked;
    private boolean isUncertain;

    UnitStart(
            UnitContext context, UnitName name, LaunchOptions options, UnitSettings settings, String description) {
        this.context = context;
        this.name = name;
        this.options = options;
        this.settings = settings;
        this.description = description;
    }

    /**
     * Asks for the unit. When it throws, nothing is left behind, unless the bus was lost over the question: then whether
     * there is a unit is to be found out, see {@link #isUncertain}.
     *
     * @throws IllegalArgumentException with one sentence for options that systemd cannot be told
     */
    void run() throws BusException, IOException {
        ManagerConnection connection = context.link().connection();
        try {
            List<UnitProperty> properties = prepare(connection);
            submit(connection, properties);
        } catch (BusException refused) {
            isUncertain = wasAsked && refused.kind() == Kind.LOST;
            if (!isUncertain) {
                discard();
            }
            throw refused;
        } catch (IOException | RuntimeException refused) {
            discard();
            throw refused;
        }
    }

    /** Whether the manager may have heard the question though nobody heard its answer. */
    boolean isUncertain() {
        return isUncertain;
    }

    Optional<CapturedOutput> output() {
        return output;
    }

    private List<UnitProperty> prepare(ManagerConnection connection) throws BusException, IOException {
        Map<String, String> variables = options.variables();
        if (!variables.isEmpty()) {
            environmentFile = Optional.of(context.folder().write(".env", EnvironmentText.of(variables)));
        }
        if (options.wantsOutput()) {
            output = Optional.of(CapturedOutput.open(context.outputs(), context.folder(), options.tailLines()));
        }
        return UnitPlan.of(options, settings, new UnitPlan.Surroundings(
                context.managerVersion(),
                description,
                context.settings().startTimeout(),
                environmentFile.map(Path::toString),
                output.map(CapturedOutput::paths),
                bindsTo(connection),
                options.bind().isPresent() ? NumaNodes.read(new NumaTopology(new SystemLibc())) : NumaNodes.none()));
    }

    private Optional<String> bindsTo(ManagerConnection connection) throws BusException {
        if (!settings.bindsTo().equals(Optional.of(UnitSettings.SELF))) {
            return settings.bindsTo();
        }
        Optional<String> own = connection.ownService();
        if (own.isEmpty()) {
            throw new IllegalArgumentException("binds-to is self, but this program runs in no service of systemd");
        }
        return own;
    }

    private void submit(ManagerConnection connection, List<UnitProperty> properties) throws BusException {
        long deadline = System.nanoTime() + CLEARANCE.toNanos();
        boolean isClearing = false;
        while (true) {
            try {
                wasAsked = true;
                connection.start(name, properties);
                return;
            } catch (BusException refused) {
                boolean inTime = System.nanoTime() < deadline;
                if (refused.kind() != Kind.UNIT_EXISTS || !inTime || !(isClearing || clear(connection))) {
                    throw refused;
                }
                isClearing = true;
                LockSupport.parkNanos(BETWEEN_TRIES.toNanos());
            }
        }
    }

    /** Takes away a unit of this name if its process has ended: one that was to outlive an earlier launcher. */
    private boolean clear(ManagerConnection connection) throws BusException {
        UnitState state = connection.read(name);
        if (state.isThere() && !state.isOver() && !state.isLeftOver()) {
            return false;
        }
        try {
            connection.stop(name);
            connection.resetFailed(name);
        } catch (BusException gone) {
            if (gone.kind() == Kind.LOST) {
                throw gone;
            }
        }
        return true;
    }

    /** The variables have been read, or will not be. */
    void forgetEnvironment() {
        environmentFile.ifPresent(file -> {
            try {
                Files.deleteIfExists(file);
            } catch (IOException useless) {
                // The folder goes as a whole at the end.
            }
        });
    }

    void discard() {
        forgetEnvironment();
        output.ifPresent(CapturedOutput::discard);
    }
}
