package dev.gatun.doctor;

import dev.gatun.linux.Libc;
import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupLayout;
import dev.gatun.linux.cgroup.CgroupLimits;
import dev.gatun.linux.cgroup.CgroupMembership;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.DoubleFunction;
import java.util.function.Function;

/** Our control groups, and the limits they set us. */
final class CgroupChecks extends Checks {

    private final Libc libc;
    private final CgroupMembership membership;

    CgroupChecks(Libc libc) {
        this.libc = libc;
        membership = CgroupMembership.own(libc);
    }

    @Override
    String heading() {
        return "cgroup";
    }

    @Override
    void run() {
        check("layout", this::layout);
        check("memory_path", () -> path("memory"));
        check("memory_limit", () -> limit("memory", CgroupChecks::memoryBytes, bytes -> Text.bytes((long) bytes)));
        check("cpu_path", () -> path("cpu"));
        check("cpu_limit", () -> limit("cpu", CgroupLimits::cpus, cpus -> Text.decimal(cpus) + " processors"));
        check("pids_path", () -> path("pids"));
        check("pids_limit", () -> limit("pids", CgroupChecks::tasks, tasks -> (long) tasks + " threads"));
    }

    private static OptionalDouble memoryBytes(CgroupLimits limits) {
        return toDouble(limits.memoryBytes());
    }

    private static OptionalDouble tasks(CgroupLimits limits) {
        return toDouble(limits.tasks());
    }

    private static OptionalDouble toDouble(OptionalLong limit) {
        return limit.isPresent() ? OptionalDouble.of(limit.getAsLong()) : OptionalDouble.empty();
    }

    private Finding layout() {
        CgroupLayout layout = membership.layout();
        return switch (layout) {
            case NONE -> Finding.missing("layout", layout.text(), "no limits can be read or set");
            case V1, V2, HYBRID -> Finding.ok("layout", layout.text(), "limits can be read");
        };
    }

    private Finding path(String controller) {
        String name = controller + "_path";
        Optional<CgroupFolder> folder = membership.controller(controller);
        if (folder.isEmpty()) {
            return Finding.missing(name, "not found", "limits of " + controller + " can be neither read nor set");
        }
        return folder.get().isWritable(libc)
                ? Finding.ok(name, folder.get().path(), "groups with limits of their own can be made for children")
                : Finding.warning(name, folder.get().path(),
                        "it is not ours to write: children get no limits of their own");
    }

    /** The smallest limit on the way up: all of them hold. */
    private Finding limit(
            String controller, Function<CgroupLimits, OptionalDouble> read, DoubleFunction<String> inWords) {
        String name = controller + "_limit";
        List<CgroupFolder> folders =
                membership.controller(controller).map(CgroupFolder::upwards).orElse(List.of());
        Optional<CgroupFolder> tightest = Optional.empty();
        double smallest = Double.POSITIVE_INFINITY;
        for (CgroupFolder folder : folders) {
            double limit = read.apply(new CgroupLimits(libc, folder)).orElse(Double.POSITIVE_INFINITY);
            if (limit < smallest) {
                smallest = limit;
                tightest = Optional.of(folder);
            }
        }
        if (tightest.isEmpty()) {
            return Finding.ok(name, "none", "no group that can be seen from here sets one");
        }
        String whose =
                tightest.get().equals(folders.getFirst()) ? "its own" : "set above it, by " + tightest.get().path();
        return Finding.ok(name, inWords.apply(smallest), "the tightest for the group is " + whose);
    }
}
