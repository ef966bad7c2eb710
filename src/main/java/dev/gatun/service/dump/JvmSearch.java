package dev.gatun.service.dump;

import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcStat;
import dev.gatun.linux.proc.ProcStatus;
import dev.gatun.linux.proc.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the JVM of a service: its process, or what a script in front of it has started. */
final class JvmSearch {

    private static final String HOTSPOT = "/libjvm.so";

    private final Libc libc;

    JvmSearch(Libc libc) {
        this.libc = libc;
    }

    /**
     * Finds it.
     *
     * @param leader of the service
     * @throws DumpFailure where there is none
     */
    JvmProcess find(ProcStat leader) throws DumpFailure {
        Optional<ProcStat> found = isJvm(leader) ? Optional.of(leader) : largestOf(descendants(leader));
        if (found.isEmpty()) {
            throw new DumpFailure(Words.process(leader) + " is no HotSpot JVM, and none of its descendants is one");
        }
        Optional<JvmProcess> jvm = JvmProcess.open(libc, found.get());
        if (jvm.isEmpty()) {
            throw new DumpFailure(Words.process(found.get()) + " has ended");
        }
        return jvm.get();
    }

    private List<ProcStat> descendants(ProcStat leader) {
        return new ProcessTree(libc).descendants(leader.pid());
    }

    /** Of several the one that most of the memory is in. */
    private Optional<ProcStat> largestOf(List<ProcStat> processes) {
        Optional<ProcStat> largest = Optional.empty();
        long most = -1;
        for (ProcStat process : processes) {
            long resident = isJvm(process) ? residentKilobytes(process.pid()) : -1;
            if (resident > most) {
                most = resident;
                largest = Optional.of(process);
            }
        }
        return largest;
    }

    private long residentKilobytes(int pid) {
        Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/" + pid + "/status");
        String line = status.isEmpty() ? "" : status.get().field("VmRSS").orElse("");
        int end = line.indexOf(' ');
        return end < 0 ? 0 : Long.parseLong(line.substring(0, end));
    }

    /**
     * Whether HotSpot's library is mapped. Many programs catch SIGQUIT and mean something else by it, so that alone does
     * not tell.
     */
    private static boolean isJvm(ProcStat process) {
        Path maps = Path.of("/proc/" + process.pid() + "/maps");
        try (BufferedReader lines = Files.newBufferedReader(maps, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains(HOTSPOT)) {
                    return true;
                }
            }
            return false;
        } catch (AccessDeniedException untraceable) {
            // Its program has capabilities, for one. Its name is there for everybody.
            return process.name().equals("java");
        } catch (IOException ended) {
            return false;
        }
    }
}
