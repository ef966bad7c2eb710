package dev.gatun.spawner.check;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** All checks, in the order in which they are played. */
public final class Checks {

    public static final List<Check> ALL = Stream.of(
            HelloChecks.ALL, LineChecks.ALL, FieldChecks.ALL, LaunchChecks.ALL, OptionChecks.ALL, ExitChecks.ALL,
            StopChecks.ALL, RecoverChecks.ALL, LoadChecks.ALL, EndChecks.ALL,
            OutputChecks.ALL) // the last of which looks back at what came in all the others
            .flatMap(List::stream)
            .toList();

    private Checks() {}

    public static Optional<Check> find(String name) {
        return ALL.stream().filter(check -> check.name().equals(name)).findFirst();
    }
}
