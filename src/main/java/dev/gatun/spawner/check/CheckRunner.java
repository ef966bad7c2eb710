package dev.gatun.spawner.check;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Libc;
import dev.gatun.spawner.check.Outcome.Failed;
import dev.gatun.spawner.check.Outcome.Passed;
import dev.gatun.spawner.check.Outcome.Skipped;
import dev.gatun.spawner.message.SpawnerCapabilities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Plays checks one after the other, each with a spawner started for it. For one thread, which lives as long as they do.
 */
public final class CheckRunner {

    private final Libc libc;
    private final CheckSettings settings;

    public CheckRunner(Libc libc, CheckSettings settings) {
        this.libc = requireNonNull(libc);
        this.settings = requireNonNull(settings);
    }

    /**
     * Plays checks over one transport; those that make no sense over it are left out.
     *
     * @param listener hears each result as soon as it is there
     * @throws NotStarted where there is no spawner to check
     */
    public List<CheckResult> run(List<Check> checks, Transport transport, Consumer<CheckResult> listener) {
        List<String> strayLines = new ArrayList<>();
        Optional<SpawnerCapabilities> claims = claims(transport);
        List<CheckResult> results = new ArrayList<>();
        for (Check check : checks) {
            if (check.transports().contains(transport)) {
                CheckResult result = run(check, transport, claims, strayLines);
                results.add(result);
                listener.accept(result);
            }
        }
        return results;
    }

    private Optional<SpawnerCapabilities> claims(Transport transport) {
        try (Stage stage = new Stage(libc, settings, transport, new ArrayList<>())) {
            return Optional.of(stage.start().hello().capabilities());
        } catch (Unmet silent) {
            return Optional.empty(); // the checks of hello say why
        }
    }

    private CheckResult run(Check check, Transport transport, Optional<SpawnerCapabilities> claims,
            List<String> strayLines) {
        long start = System.nanoTime();
        Optional<String> reason = check.whySkipped(claims);
        Outcome outcome = reason.isPresent()
                ? new Skipped(reason.get())
                : play(check, transport, strayLines);
        return new CheckResult(check, transport, outcome, Duration.ofNanos(System.nanoTime() - start));
    }

    private Outcome play(Check check, Transport transport, List<String> strayLines) {
        try (Stage stage = new Stage(libc, settings, transport, strayLines)) {
            try {
                check.trial().run(stage);
                return new Passed();
            } catch (Unmet failure) {
                return new Failed(failure.getMessage(), stage.log());
            } catch (NotApplicable nothing) {
                return new Skipped(nothing.getMessage());
            }
        }
    }
}
