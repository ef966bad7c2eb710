package dev.gatun.bench;

import dev.gatun.linux.proc.ProcStat;

/** No contender, but a part of one: the first reading of {@code /proc/PID/stat} of a child that was just started. */
final class FirstLook implements Contender {

    private final Spawners spawners;

    FirstLook(Spawners spawners) {
        this.spawners = spawners;
    }

    @Override
    public String name() {
        return "only the first reading of `/proc/PID/stat`";
    }

    @Override
    public void measure(int count, Samples into) {
        for (int i = 0; i < count; i++) {
            int pid = spawners.posixSpawn();
            long before = System.nanoTime();
            ProcStat.read(spawners.libc(), pid).orElseThrow();
            into.add(System.nanoTime() - before);
            spawners.await(pid);
        }
    }
}
