package dev.gatun.service.instance;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.Folders;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import java.util.Optional;

/**
 * The pid file of one process of a service, and what it is worth. The file itself is what it always was, the number of
 * the process and a line end. Beside it, {@code .info} says what tells that process from a later one of its number, and
 * {@code .lock} is locked by the launcher for as long as that lives.
 *
 * <p>A pid file without {@code .info} is the older programs': then the process must not be younger than the file, and
 * must look like the service. Thread-safe; {@link InstanceClaim} is not.
 */
public final class InstanceFile {

    private static final int FOLDER_MODE = 0755;

    /** Who removes what is left behind has the lock for an instant; a launcher has it for good. */
    private static final int LOCK_ATTEMPTS = 100;

    private static final int LOCK_PAUSE_MILLIS = 10;

    private final Libc libc;
    private final InstanceFiles files;
    private final PresenceLook look;

    /**
     * An instance by the path of its pid file.
     *
     * @param expected how to know the process of a pid file without {@code .info}
     */
    public InstanceFile(Libc libc, String path, ExpectedCommand expected) {
        this.libc = requireNonNull(libc);
        this.files = new InstanceFiles(libc, requireNonNull(path));
        this.look = new PresenceLook(libc, files, requireNonNull(expected));
    }

    /** Of the pid file. */
    public String path() {
        return files.path();
    }

    /** Whether there is a pid file, whatever it says. */
    public boolean exists() {
        return files.pidFileExists();
    }

    /**
     * Who runs now.
     *
     * @throws LinuxException when there is no descriptor or no memory to look with
     */
    public Presence look() {
        return look.now();
    }

    /**
     * Takes the instance for a launcher, before anything is started; what an instance that is gone has left behind is
     * replaced. It is held until {@link InstanceClaim#ended}, or until this process ends or becomes another by exec.
     *
     * @param command the program that will run, for people; without arguments, which may be secret
     * @throws InstanceRefused when it runs, or another launcher has it, or that cannot be told
     * @throws LinuxException when the files cannot be written
     */
    public InstanceClaim claim(String command) {
        refuseUnlessFree(look());
        Folders.make(libc, CString.of(folder()), FOLDER_MODE);
        InstanceLock lock = takeLock();
        boolean claimed = false;
        try {
            Presence before = look();
            refuseUnlessFree(before);
            InstanceClaim claim =
                    new InstanceClaim(libc, files, lock, command, ((Presence.NotRunning) before).reason());
            claim.begin(((Presence.NotRunning) before).fileExisted());
            claimed = true;
            return claim;
        } finally {
            if (!claimed) {
                lock.release();
            }
        }
    }

    /** The folder of the pid file. */
    public String folder() {
        int slash = path().lastIndexOf('/');
        return slash < 0 ? "." : slash == 0 ? "/" : path().substring(0, slash);
    }

    private void refuseUnlessFree(Presence presence) {
        switch (presence.kind()) {
            case RUNNING, STARTING -> throw new InstanceRefused(
                    path() + ": already " + presence.words());
            case UNREADABLE -> throw new InstanceRefused(
                    presence.words() + "; remove the file if the service does not run");
            case NOT_RUNNING -> {}
        }
    }

    private InstanceLock takeLock() {
        for (int attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
            Optional<InstanceLock> lock = InstanceLock.tryTake(files);
            if (lock.isPresent()) {
                return lock.get();
            }
            refuseUnlessFree(look());
            pause();
        }
        throw new InstanceRefused(files.lockPath() + ": another launcher has the lock, and does not say which it is");
    }

    private static void pause() {
        try {
            Thread.sleep(LOCK_PAUSE_MILLIS);
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Removes what an instance that is gone has left behind, or one of the older programs.
     *
     * @return whether nothing is left; false when it runs, or a launcher has it
     * @throws LinuxException when files cannot be removed
     */
    public boolean removeStale() {
        if (look().kind() != Presence.Kind.NOT_RUNNING) {
            return false;
        }
        if (!files.exist()) {
            return true;
        }
        Optional<InstanceLock> lock = InstanceLock.tryTake(files);
        if (lock.isEmpty()) {
            return false;
        }
        try {
            if (look().kind() != Presence.Kind.NOT_RUNNING) {
                return false;
            }
            files.removePidFile();
            files.removeRecord();
            lock.get().releaseAndRemove();
            return true;
        } finally {
            lock.get().release();
        }
    }
}
