package dev.gatun.bench;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.CString;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.SpawnTape;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.SystemLibc;
import dev.gatun.process.ProcessSetup;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** The ways to start one command from this JVM. For one thread. */
final class Spawners {

    private final Libc libc = new SystemLibc();
    private final Children children = new Children(libc);
    private final Command command;
    private final ProcessSetup setup;
    private final SpawnTape bareTape;

    Spawners(Command command) {
        this.command = command;
        this.setup = command.setup();
        this.bareTape = SpawnTape.builder()
                .execute(command.program(), command.arguments(), command.environment(), false)
                .build();
    }

    Libc libc() {
        return libc;
    }

    /** A process as the supervisor sets it up when nothing is asked for. */
    ProcessSetup setup() {
        return setup;
    }

    /**
     * What the supervisor does at every start: writes the tape (process group, parent death signal, close_range, 62 dispositions, mask,
     * execve), lays it out in native memory, and walks it.
     */
    Spawned fullTape() {
        return walk(setup.tape(libc));
    }

    /** A tape written beforehand that holds execve alone; what remains is the machinery itself. */
    Spawned bareTape() {
        return walk(bareTape);
    }

    Spawned walk(SpawnTape tape) {
        SpawnResult result = tape.spawn(libc);
        if (result instanceof Spawned spawned) {
            return spawned;
        }
        throw new IllegalStateException(result.toString());
    }

    /** The C library's own, through the generated bindings; its arguments are laid out each time, as the tape's are. */
    int posixSpawn() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment pid = arena.allocate(ValueLayout.JAVA_INT);
            MemorySegment path = command.program().allocate(arena);
            MemorySegment arguments = CString.allocateArray(arena, command.arguments());
            MemorySegment environment = CString.allocateArray(arena, command.environment());
            int error = Linux.posix_spawn(pid, path, MemorySegment.NULL, MemorySegment.NULL, arguments, environment);
            if (error != 0) {
                throw new IllegalStateException("posix_spawn: error " + error);
            }
            return pid.get(ValueLayout.JAVA_INT, 0);
        }
    }

    /** The JDK's own. Its streams lead to nowhere, or it would make three pipes as well. */
    Process processBuilder() throws IOException {
        return new ProcessBuilder(command.path())
                .redirectInput(ProcessBuilder.Redirect.INHERIT)
                .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    Children.Change await(Spawned spawned) {
        spawned.pidfd().close();
        return await(spawned.pid());
    }

    Children.Change await(int pid) {
        return children.await(pid).orElseThrow(() -> new IllegalStateException("child " + pid + " is lost"));
    }
}
