package dev.gatun.linux.proc;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Fd;
import dev.gatun.linux.FileBatch;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.Lineage.Owner;
import dev.gatun.linux.proc.Measurement.Method;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory of a tree of processes.
 *
 * <p>A look has two stages. The first adds up what is resident, which counts pages that processes share once for each of
 * them, so that a server that loads its program and then forks can seem to have many times what it has. Only when that
 * sum reaches the threshold does the second read each process's own part. That takes the kernel some 15 µs a megabyte,
 * since it walks the page tables.
 *
 * <p>The first stage is meant to be cheap on a machine full of strangers: they are known from the look before ({@link
 * Census}), and the files of the members are kept open and read in one foreign call ({@link FileBatch}).
 *
 * <p>What the kernel says is resident may be off by some pages a processor in older kernels (proc_pid_statm(5)). A process
 * whose first thread has ended while others run shows no memory at all.
 */
public final class TreeMemory implements MemoryGauge {

    /** How many members' files are kept open. Those of more are opened at each look, three times as slow. */
    private static final int KEPT_FILES = 256;

    private final Libc libc;
    private final PidFiles files;
    private final MemoryFiles memory;
    private final PidSource source;
    private final Lineage lineage;
    private final Census census;
    private final FileBatch batch;
    private final List<KnownProcess> members = new ArrayList<>();

    private TreeMemory(Libc libc, PidFiles files, PidSource source, Lineage lineage) {
        this.libc = libc;
        this.files = files;
        this.source = source;
        this.lineage = lineage;
        memory = new MemoryFiles(libc, files);
        census = new Census(source, lineage);
        batch = new FileBatch(libc, KEPT_FILES);
    }

    /**
     * A process with its descendants and whoever is in the process group or session that it leads; also those that become
     * somebody else's children later. One among many processes of a supervisor is measured so.
     *
     * @param root its pid; it is a child that nobody has waited for
     */
    public static TreeMemory of(Libc libc, int root) {
        PidFiles files = new PidFiles(libc);
        PidSource source = new PidSource(libc, files);
        return new TreeMemory(libc, files, source, Lineage.from(root, startTicks(source, root)));
    }

    /**
     * All descendants of a process, without itself. For a subreaper or PID 1, which gets its descendants' orphans: a
     * daemon that has left its parents, its group and its session is counted as well, and cannot be of anybody else but
     * those that {@link #except} names.
     *
     * @param ancestor its pid, as a rule our own
     */
    public static TreeMemory below(Libc libc, int ancestor) {
        PidFiles files = new PidFiles(libc);
        return new TreeMemory(libc, files, new PidSource(libc, files), Lineage.below(ancestor));
    }

    /** -1 for one that is gone. */
    private static long startTicks(PidSource source, int pid) {
        StatLine stat = new StatLine();
        return source.read(pid, stat) ? stat.startTicks() : -1;
    }

    /**
     * Leaves out a process with its descendants and whoever is in the process group or session that it leads; also those
     * that become children of the ancestor later. To be said when the process has been started and before the next
     * measurement.
     *
     * @param pid a child that nobody has waited for
     */
    public void except(int pid) {
        lineage.except(pid, startTicks(source, pid));
    }

    @Override
    public Measurement measure(long thresholdBytes) {
        census.look();
        for (KnownProcess process : census.left()) {
            if (process.file() != KnownProcess.NO_FILE) {
                batch.remove(process.file());
            }
        }
        takeMembers();
        batch.read();
        long resident = 0;
        int processes = 0;
        for (int i = 0; i < members.size(); i++) {
            long bytes = resident(members.get(i));
            resident += bytes;
            processes += bytes > 0 ? 1 : 0;
        }
        // One process has no page twice.
        return resident < thresholdBytes || processes < 2
                ? new Measurement(resident, Method.RESIDENT, processes)
                : measureClosely();
    }

    private void takeMembers() {
        members.clear();
        List<KnownProcess> processes = census.processes();
        for (int i = 0; i < processes.size(); i++) {
            takeMember(processes.get(i));
        }
    }

    private void takeMember(KnownProcess process) {
        if (process.owner() == Owner.COUNTED) {
            members.add(process);
            if (process.file() == KnownProcess.NO_FILE && batch.hasRoom()) {
                keepFile(process);
            }
        }
    }

    private void keepFile(KnownProcess process) {
        try {
            process.keeps(batch.add(Fd.open(libc, CString.of("/proc/" + process.pid() + "/statm"), Linux.O_RDONLY())));
        } catch (LinuxException gone) {
            // Ended since, and then it has no memory. Where there is no descriptor left it is read without one, or not.
        }
    }

    private long resident(KnownProcess process) {
        int place = process.file();
        if (place == KnownProcess.NO_FILE) {
            return memory.resident(process.pid());
        }
        int count = batch.count(place);
        return count <= 0 ? 0 : memory.resident(batch.bytes(), place * FileBatch.FILE_BYTES, count);
    }

    private Measurement measureClosely() {
        long sum = 0;
        int processes = 0;
        Method method = Method.PROPORTIONAL;
        for (KnownProcess process : members) {
            long bytes = memory.proportional(process.pid());
            if (bytes < 0) {
                method = Method.PARTLY_PROPORTIONAL;
                bytes = resident(process);
            }
            sum += bytes;
            processes += bytes > 0 ? 1 : 0;
        }
        return new Measurement(sum, method, processes);
    }

    @Override
    public void close() {
        batch.close();
        source.close();
    }
}
