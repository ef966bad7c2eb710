package dev.gatun.simulation;

/** A pidfd: readable from the end of its process on. */
final class PidFile extends SimFile {

    final SimProcess process;

    PidFile(SimProcess process) {
        this.process = process;
    }

    @Override
    int readiness() {
        if (process.isAlive()) {
            return 0;
        }
        return process.isZombie() ? IN : IN | HUP;
    }
}
