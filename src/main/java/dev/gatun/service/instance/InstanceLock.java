package dev.gatun.service.instance;

import dev.gatun.linux.Errno;
import dev.gatun.linux.FileLock;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.util.Optional;

/**
 * The right to change the files of an instance. A launcher has it for as long as it lives, so that of two that start at
 * once one is refused; who removes what is left behind has it for a moment.
 *
 * @param file empty on a file system that knows no locks (some NFS): there the files alone must do
 */
record InstanceLock(Optional<FileLock> file) {

    /** Empty when somebody else has it. */
    static Optional<InstanceLock> tryTake(InstanceFiles files) {
        Libc libc = files.libc();
        while (true) {
            Optional<FileLock> taken;
            try {
                taken = FileLock.tryTake(libc, files.lockPath());
            } catch (LinuxException refused) {
                if (isUnknownHere(refused)) {
                    return Optional.of(new InstanceLock(Optional.empty()));
                }
                throw refused;
            }
            if (taken.isEmpty()) {
                return Optional.empty();
            }
            if (taken.get().isInPlace()) {
                return Optional.of(new InstanceLock(taken));
            }
            taken.get().close();
        }
    }

    private static boolean isUnknownHere(LinuxException refused) {
        String name = Errno.name(refused.errno());
        return refused.call().equals("fcntl")
                && (name.equals("ENOLCK") || name.equals("EINVAL") || name.equals("ENOSYS")
                        || name.equals("EOPNOTSUPP"));
    }

    /** Gives it back. */
    void release() {
        if (file.isPresent()) {
            file.get().close();
        }
    }

    /** Gives it back and leaves no file. */
    void releaseAndRemove() {
        if (file.isPresent()) {
            file.get().remove();
        }
    }
}
