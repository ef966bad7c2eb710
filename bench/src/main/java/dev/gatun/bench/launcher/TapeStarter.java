package dev.gatun.bench.launcher;

import dev.gatun.bench.Command;
import dev.gatun.linux.Children;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Spawned;
import dev.gatun.linux.SystemLibc;
import dev.gatun.process.ProcessSetup;
import java.util.concurrent.CompletableFuture;

/** The spawn tape by itself, with the steps that the launcher uses; whoever waits for the future waits for the child. */
final class TapeStarter implements Starter {

    private final Libc libc = new SystemLibc();
    private final Children children = new Children(libc);
    private final ProcessSetup setup;

    TapeStarter(String program) {
        setup = Command.of(program).setup();
    }

    @Override
    public String name() {
        return "tape alone";
    }

    @Override
    public CompletableFuture<Integer> start() {
        Spawned spawned = (Spawned) setup.tape(libc).spawn(libc);
        return new CompletableFuture<>() {
            @Override
            public Integer get() {
                spawned.pidfd().close();
                return children.await(spawned.pid()).orElseThrow().status().exitCode();
            }
        };
    }
}
