package dev.gatun.lifecycle;

import static java.util.Objects.requireNonNull;

/**
 * Why a process could not be started.
 *
 * @param step what was being done, such as {@code step 4, setrlimit(RLIMIT_NOFILE)}
 * @param errno the kernel's number; 0 where it was not the kernel that refused
 * @param errnoName its name, such as {@code EPERM}; or a few words where {@code errno} is 0
 * @param kind what that means for a next attempt and for the exit code
 */
public record SpawnFailure(String step, int errno, String errnoName, Kind kind) {
    /** What a failure to start means. */
    public enum Kind {
        /** There is no such program: exit code 127. */
        NOT_FOUND(127, false),
        /** There is one, but it cannot be executed: exit code 126. */
        NOT_EXECUTABLE(126, false),
        /** The machine is short of something that comes back by waiting: exit code 125. */
        RESOURCE(125, true),
        /** A step before the exec was refused: exit code 125. */
        OTHER(125, false);

        private final int exitCode;
        private final boolean transitory;

        Kind(int exitCode, boolean transitory) {
            this.exitCode = exitCode;
            this.transitory = transitory;
        }

        /** The exit code of a launcher whose program failed in this way. */
        public int exitCode() {
            return exitCode;
        }

        /**
         * Whether waiting can help. A missing file, a wrong format or a refused privilege is the same after the next
         * wait: to try again would hide from the operator that the configuration is wrong.
         */
        public boolean isTransitory() {
            return transitory;
        }
    }

    // The same on every architecture that uses asm-generic/errno-base.h and errno.h, x86-64 and aarch64 among them.
    private static final int ENOENT = 2;
    private static final int ENOEXEC = 8;
    private static final int EAGAIN = 11;
    private static final int ENOMEM = 12;
    private static final int EACCES = 13;
    private static final int EPERM = 1;
    private static final int ENOTDIR = 20;
    private static final int EISDIR = 21;
    private static final int ENFILE = 23;
    private static final int EMFILE = 24;
    private static final int ETXTBSY = 26;
    private static final int ENAMETOOLONG = 36;
    private static final int ELOOP = 40;
    private static final int ELIBBAD = 80;

    public SpawnFailure {
        requireNonNull(step, "step");
        requireNonNull(errnoName, "errnoName");
        requireNonNull(kind, "kind");
    }

    /**
     * A failure whose kind follows from the errno.
     *
     * @param exec whether the step is the exec itself: ENOENT there is a missing program, elsewhere a missing something
     */
    public static SpawnFailure of(String step, int errno, String errnoName, boolean exec) {
        return new SpawnFailure(step, errno, errnoName, kindOf(errno, exec));
    }

    private static Kind kindOf(int errno, boolean exec) {
        return switch (errno) {
            // EAGAIN is RLIMIT_NPROC and the pids.max of a cgroup as well, for clone and for setresuid.
            case EAGAIN, ENOMEM, ENFILE, EMFILE -> Kind.RESOURCE;
            case ENOENT, ENOTDIR -> exec ? Kind.NOT_FOUND : Kind.OTHER;
            case EACCES, EPERM, ENOEXEC, EISDIR, ETXTBSY, ENAMETOOLONG, ELOOP, ELIBBAD ->
                exec ? Kind.NOT_EXECUTABLE : Kind.OTHER;
            default -> Kind.OTHER;
        };
    }

    /** {@code step 4, setrlimit(RLIMIT_NOFILE): EPERM}. */
    public String describe() {
        return step + ": " + errnoName;
    }
}
