package dev.gatun.linux;

/**
 * A program that was not started, and the very step that failed. No trace of the child is left.
 *
 * @param step number of the step on the tape, from 1; 0 when no process could be created
 * @param call the system call of the step
 * @param argument what it was given
 * @param errno its error number, or 0 when the call succeeded with a result that is not the required one
 */
public record SpawnFailure(int step, String call, String argument, int errno) implements SpawnResult {

    /** Whether it was the program's execution itself that failed. */
    public boolean isExec() {
        return call.equals("execve");
    }

    /** The step in words, {@code setrlimit(RLIMIT_NOFILE, 65536): EPERM (Operation not permitted)}. */
    public String describe() {
        String problem = errno == 0 ? "unexpected result" : Errno.describe(errno);
        return call + "(" + argument + "): " + problem;
    }

    @Override
    public String toString() {
        return step == 0 ? describe() : "step " + step + ", " + describe();
    }
}
