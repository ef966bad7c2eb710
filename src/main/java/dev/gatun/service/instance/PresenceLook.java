package dev.gatun.service.instance;

import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcessAge;
import dev.gatun.service.instance.InstanceFiles.UnreadableFile;
import java.util.Optional;
import java.util.OptionalLong;

/** Judges what the files of an instance say by what the kernel says. */
final class PresenceLook {

    /** Clocks of files tick coarsely, and uptime is rounded. */
    private static final long TOLERANCE_MILLIS = 2000;

    private static final int MAX_READINGS = 5;

    private final Libc libc;
    private final InstanceFiles files;
    private final ExpectedCommand expected;

    PresenceLook(Libc libc, InstanceFiles files, ExpectedCommand expected) {
        this.libc = libc;
        this.files = files;
        this.expected = expected;
    }

    /** A launcher may write while we read: what the record said at first must hold still when the pid file is read. */
    Presence now() {
        try {
            Optional<String> before = files.readRecordText();
            for (int reading = 1;; reading++) {
                PidReading pid = PidReading.of(files);
                Optional<String> after = files.readRecordText();
                if (after.equals(before) || reading == MAX_READINGS) {
                    return after.isEmpty()
                            ? judge(Optional.empty(), pid)
                            : judge(Optional.of(files.parseRecord(after.get())), pid);
                }
                before = after;
            }
        } catch (UnreadableFile rubbish) {
            return new Presence.Unreadable(rubbish.getMessage());
        }
    }

    /** Rubbish in the pid file is of no interest where the record is enough. */
    private record PidReading(Optional<Integer> pid, Optional<UnreadableFile> problem) {

        static PidReading of(InstanceFiles files) {
            try {
                return new PidReading(files.readPid(), Optional.empty());
            } catch (UnreadableFile rubbish) {
                return new PidReading(Optional.empty(), Optional.of(rubbish));
            }
        }
    }

    private Presence judge(Optional<InstanceRecord> record, PidReading reading) throws UnreadableFile {
        Optional<Presence> recorded = record.isPresent() ? recorded(record.get()) : Optional.empty();
        if (recorded.isPresent()) {
            return recorded.get();
        }
        if (reading.problem().isPresent()) {
            throw reading.problem().get();
        }
        Optional<Integer> pid = reading.pid();
        if (pid.isEmpty()) {
            return new Presence.NotRunning("there is no " + files.path(), false);
        }
        Sighting sighting = Sighting.of(libc, pid.get());
        String subject = "process " + pid.get() + " of " + files.path() + " ";
        if (sighting.kind() == Sighting.Kind.HIDDEN) {
            return new Presence.Unreadable(subject + sighting.kind().words());
        }
        if (sighting.kind() != Sighting.Kind.ALIVE) {
            return new Presence.NotRunning(subject + sighting.kind().words(), true);
        }
        if (record.isPresent() && record.get().isOf(pid.get())) {
            return new Presence.NotRunning(subject + "is another one now", true);
        }
        return unrecorded(pid.get(), sighting, subject);
    }

    private Optional<Presence> recorded(InstanceRecord record) {
        if (!record.bootId().equals(InstanceRecord.currentBootId(libc))) {
            return Optional.empty();
        }
        ProcessIdentity launcher = record.launcher();
        boolean launcherIsAlive = launcher.isAlive(libc);
        if (record.process().isPresent() && record.process().get().isAlive(libc)) {
            ProcessIdentity process = record.process().get();
            if (!process.equals(launcher)) {
                return Optional.of(new Presence.Running(
                        process, launcherIsAlive ? Optional.of(launcher) : Optional.empty()));
            }
            // The exec that makes the launcher the process takes the lock away.
            return Optional.of(files.isLocked()
                    ? new Presence.Starting(launcher, true)
                    : new Presence.Running(process, Optional.empty()));
        }
        return launcherIsAlive ? Optional.of(new Presence.Starting(launcher, false)) : Optional.empty();
    }

    private Presence unrecorded(int pid, Sighting sighting, String subject) {
        if (isYoungerThanFile(sighting)) {
            return new Presence.NotRunning(subject + "is younger than the file", true);
        }
        if (!expected.matches(libc, pid)) {
            String other = ExpectedCommand.commandLine(libc, pid);
            return new Presence.NotRunning(subject + "is another program, "
                    + (other.isEmpty() ? "of the kernel" : firstWord(other)), true);
        }
        return new Presence.Running(new ProcessIdentity(pid, sighting.startTicks()), Optional.empty());
    }

    /** The rest of a command line may hold secrets. */
    private static String firstWord(String commandLine) {
        int end = commandLine.indexOf(' ');
        return end < 0 ? commandLine : commandLine.substring(0, end);
    }

    private boolean isYoungerThanFile(Sighting sighting) {
        OptionalLong age = ProcessAge.millis(libc, sighting.startTicks());
        long fileAge = System.currentTimeMillis() - files.pidFileMillis();
        return age.isPresent() && age.getAsLong() + TOLERANCE_MILLIS < fileAge;
    }
}
