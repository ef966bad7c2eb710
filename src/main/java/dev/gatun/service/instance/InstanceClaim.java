package dev.gatun.service.instance;

import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.service.instance.InstanceFiles.UnreadableFile;
import java.util.Optional;

/** The hold of a launcher on an instance: it says what runs, and clears up at the end. For one thread. */
public final class InstanceClaim {

    private final Libc libc;
    private final InstanceFiles files;
    private final InstanceLock lock;
    private final String command;
    private final String bootId;
    private final ProcessIdentity self;
    private final String whatWasThere;
    private Optional<String> tookOver = Optional.empty();

    InstanceClaim(Libc libc, InstanceFiles files, InstanceLock lock, String command, String whatWasThere) {
        this.libc = libc;
        this.files = files;
        this.lock = lock;
        this.command = command;
        this.whatWasThere = whatWasThere;
        bootId = InstanceRecord.currentBootId(libc);
        self = identity((int) libc.getpid());
    }

    /** The pid file goes first: whoever looks in between finds nothing, rather than a number that means nobody. */
    void begin(boolean pidFileExists) {
        if (pidFileExists) {
            files.removePidFile();
            tookOver = Optional.of(whatWasThere);
        }
        files.writeRecord(new InstanceRecord(Optional.empty(), self, bootId, command));
    }

    /** Why an old pid file was taken for nothing; empty where there was none. */
    public Optional<String> tookOver() {
        return tookOver;
    }

    /**
     * Says that the process runs; again for every next one, when it is started again. The process must not have been
     * waited for.
     *
     * @throws LinuxException when the files cannot be written
     */
    public void started(int pid) {
        write(identity(pid));
    }

    /**
     * Says that this launcher becomes the process, right before the exec. The files stay, and so does the pid; the lock
     * goes with the exec, by which others see that it has come about. When the exec fails, {@link #ended} takes it back.
     *
     * @throws LinuxException when the files cannot be written
     */
    public void handedOver() {
        write(self);
    }

    /** The record goes first: a number that nothing stands behind is taken for an older program's. */
    private void write(ProcessIdentity process) {
        files.writeRecord(new InstanceRecord(Optional.of(process), self, bootId, command));
        files.writePid(process.pid());
    }

    private ProcessIdentity identity(int pid) {
        return ProcessIdentity.of(libc, pid).orElse(new ProcessIdentity(pid, 0));
    }

    /**
     * Says that there is nothing any more: removes the files that are still ours, and gives the instance back. A second
     * call does nothing.
     *
     * @throws LinuxException when files cannot be removed; the instance is given back all the same
     */
    public void ended() {
        try {
            if (isStillOurs()) {
                files.removePidFile();
                files.removeRecord();
                lock.releaseAndRemove();
            }
        } finally {
            lock.release();
        }
    }

    /** An older program takes no lock, and writes over the number of another's process. */
    private boolean isStillOurs() {
        try {
            Optional<InstanceRecord> record = files.readRecord();
            if (record.isEmpty() || !record.get().launcher().equals(self)) {
                return false;
            }
            Optional<Integer> pid = files.readPid();
            return pid.isEmpty() || record.get().isOf(pid.get());
        } catch (UnreadableFile rubbish) {
            return false;
        }
    }
}
