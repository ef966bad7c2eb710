package dev.gatun.linux.proc;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Fd;
import dev.gatun.linux.FileBatch;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.Measurement.Method;

/** The memory of one process, whatever its children have: what is resident, as nobody counts a page of it twice. */
public final class ProcessMemory implements MemoryGauge {

    private final MemoryFiles memory;
    private final FileBatch file;

    private ProcessMemory(MemoryFiles memory, FileBatch file) {
        this.memory = memory;
        this.file = file;
    }

    /**
     * The memory of a process. Its file is kept open, so that another process with its pid is never taken for it.
     *
     * @param pid a child that nobody has waited for
     * @throws LinuxException when it is not there, or may not be read
     */
    public static ProcessMemory of(Libc libc, int pid) {
        FileBatch file = new FileBatch(libc, 1);
        file.add(Fd.open(libc, CString.of("/proc/" + pid + "/statm"), Linux.O_RDONLY()));
        return new ProcessMemory(new MemoryFiles(libc, new PidFiles(libc)), file);
    }

    @Override
    public Measurement measure(long thresholdBytes) {
        file.read();
        int count = file.count(0);
        long bytes = count <= 0 ? 0 : memory.resident(file.bytes(), 0, count);
        return new Measurement(bytes, Method.RESIDENT, bytes > 0 ? 1 : 0);
    }

    @Override
    public void close() {
        file.close();
    }
}
