package dev.gatun.linux.cgroup;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The smallest limit from a group upwards: all of them hold. If one of them cannot be read, nothing is known, since that
 * one may be the smallest.
 *
 * @param value of the limit
 * @param source the file with the smallest limit, or the one that cannot be read; the controller's name if there is none
 * @param problem what is wrong, in one sentence; empty otherwise
 */
record TightestLimit(LimitOutcome outcome, double value, String source, String problem) {

    /** What is limited. */
    enum Resource {
        MEMORY("memory", "memory.max", "memory.limit_in_bytes"),
        PROCESSORS("cpu", "cpu.max", "cpu.cfs_quota_us");

        private final String controller;
        private final String fileOfVersion2;
        private final String fileOfVersion1;

        Resource(String controller, String fileOfVersion2, String fileOfVersion1) {
            this.controller = controller;
            this.fileOfVersion2 = fileOfVersion2;
            this.fileOfVersion1 = fileOfVersion1;
        }

        private String file(CgroupVersion version) {
            return version == CgroupVersion.V2 ? fileOfVersion2 : fileOfVersion1;
        }
    }

    private static final String PERIOD_OF_VERSION_1 = "cpu.cfs_period_us";
    private static final String STATISTICS = "memory.stat";
    private static final String LIMIT_OF_ALL_ABOVE = "hierarchical_memory_limit";
    private static final int QUOTED_LENGTH = 40;

    static TightestLimit find(Libc libc, CgroupMembership membership, Resource resource) {
        Optional<CgroupFolder> own = membership.controller(resource.controller);
        if (own.isEmpty()) {
            String why = "there is no " + resource.controller + " controller: no group of it is mounted";
            return new TightestLimit(LimitOutcome.NO_CONTROLLER, 0, resource.controller, why);
        }
        try {
            return walk(libc, own.get(), resource);
        } catch (LinuxException failure) {
            return new TightestLimit(LimitOutcome.UNREADABLE, 0, own.get().path(), failure.getMessage());
        }
    }

    private static TightestLimit walk(Libc libc, CgroupFolder own, Resource resource) {
        List<CgroupFolder> folders = own.upwards();
        double smallest = Double.POSITIVE_INFINITY;
        String source = "";
        boolean found = false;
        for (CgroupFolder folder : folders) {
            Optional<String> text = read(libc, folder, resource);
            if (text.isEmpty()) {
                continue;
            }
            found = true;
            String file = folder.path() + "/" + resource.file(folder.version());
            LimitText limit =
                    resource == Resource.MEMORY ? LimitText.bytes(text.get()) : LimitText.processors(text.get());
            switch (limit.kind()) {
                case NUMBER -> {
                    if (limit.value() < smallest) {
                        smallest = limit.value();
                        source = file;
                    }
                }
                case GARBAGE -> {
                    return new TightestLimit(
                            LimitOutcome.UNREADABLE, 0, file, file + ": no limit reads " + quoted(text.get()));
                }
                case NONE -> {}
            }
        }
        double hidden = resource == Resource.MEMORY ? limitOfAllAbove(libc, own) : Double.POSITIVE_INFINITY;
        if (hidden < smallest) {
            return new TightestLimit(LimitOutcome.LIMITED, hidden, own.path() + "/" + STATISTICS, "");
        }
        if (!source.isEmpty()) {
            return new TightestLimit(LimitOutcome.LIMITED, smallest, source, "");
        }
        if (found || isAvailable(libc, folders.getLast(), resource)) {
            return new TightestLimit(LimitOutcome.UNLIMITED, 0, own.path(), "");
        }
        return new TightestLimit(LimitOutcome.NO_CONTROLLER, 0, own.path(),
                "there is no " + resource.controller + " controller for " + own.path());
    }

    private static Optional<String> read(Libc libc, CgroupFolder folder, Resource resource) {
        Optional<String> text = folder.read(libc, resource.file(folder.version()));
        if (text.isEmpty() || resource == Resource.MEMORY || folder.version() == CgroupVersion.V2) {
            return text;
        }
        Optional<String> period = folder.read(libc, PERIOD_OF_VERSION_1);
        return Optional.of(text.get() + " " + period.orElse(""));
    }

    /**
     * A container sees its own group and nothing above. Version 1 tells the smallest limit from there up to the root all
     * the same: that of a pod, for one.
     */
    private static double limitOfAllAbove(Libc libc, CgroupFolder own) {
        OptionalLong bytes = own.version() == CgroupVersion.V2
                ? OptionalLong.empty()
                : FlatKeyed.value(own.read(libc, STATISTICS).orElse(""), LIMIT_OF_ALL_ABOVE);
        LimitText limit = LimitText.bytes(bytes.isEmpty() ? "max" : Long.toString(bytes.getAsLong()));
        return limit.kind() == LimitText.Kind.NUMBER ? limit.value() : Double.POSITIVE_INFINITY;
    }

    /** The root group of version 2 has no file with a limit, yet says which controllers there are. */
    private static boolean isAvailable(Libc libc, CgroupFolder root, Resource resource) {
        String controllers = " " + root.read(libc, "cgroup.controllers").orElse("") + " ";
        return controllers.contains(" " + resource.controller + " ");
    }

    private static String quoted(String text) {
        String start = text.length() <= QUOTED_LENGTH ? text : text.substring(0, QUOTED_LENGTH) + "…";
        return "\"" + start.replace('\n', ' ') + "\"";
    }
}
