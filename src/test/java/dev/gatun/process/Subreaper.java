package dev.gatun.process;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.linux.Children;
import dev.gatun.linux.Epoll;
import dev.gatun.linux.ProcessControl;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.SignalSet;
import dev.gatun.loop.Watch;
import java.time.Duration;
import java.util.OptionalInt;

/**
 * A program that takes over the orphans of its children, for {@link SubreaperTest}: the JVM of the tests had better not
 * become one. SIGCHLD is blocked when it starts.
 */
final class Subreaper {

    /** Leaves its parent, its session and its group, ignores TERM, and has a child of its own. */
    private static final String DAEMON =
            "(setsid sh -c 'trap \"\" TERM HUP; sleep 100 & echo $!; exec sleep 100' &); exec sleep 100";

    private Subreaper() {}

    public static void main(String[] arguments) {
        try (RealWorld world = new RealWorld();
                SignalFd signals = SignalFd.open(world.libc, SignalSet.of(Signal.CHLD))) {
            new ProcessControl(world.libc).becomeSubreaper();
            Watch watch = world.loop.watch(signals, Epoll.READABLE, readiness -> {
                signals.receive();
                world.supervisor.reap();
            });
            stopADaemon(world);
            watch.cancel();
        }
    }

    private static void stopADaemon(RealWorld world) {
        Policy policy = Policy.DEFAULT
                .withRest(Rest.END)
                .withStop(StopLadder.DEFAULT.withTimeout(Duration.ofMillis(300)));
        ProcessSetup setup = world.shell(DAEMON);
        SupervisedProcess process = world.add("daemon", setup, policy, TreeScope.ALL_DESCENDANTS);
        int grandchild = Integer.parseInt(world.startAndReadLine(process, setup));
        process.stop("the test says so", OptionalInt.empty());
        world.untilOver(process);
        System.out.println("left: " + new Children(world.libc).peek().presence());
        System.out.println("exits: " + world.exits.size());
        System.out.println("the grandchild came to us: " + world.strangers.contains(grandchild));
        System.out.println("its parent came to us: " + (world.strangers.size() >= 2));
    }
}
