package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.process.LauncherException;

/**
 * What a process is found again by: the spawner's handle, and the generation it belongs to. As one text it is the handle
 * of {@link dev.gatun.process.Launched}, so that a later life of ours knows which generation it recovers.
 */
record ProcHandle(long generation, String handle) {

    private static final char SEPARATOR = ':';

    ProcHandle {
        requireNonNull(handle, "handle");
    }

    /** @throws LauncherException where it is none of ours */
    static ProcHandle parse(String text) {
        int separator = text.indexOf(SEPARATOR);
        try {
            long generation = Long.parseLong(text, 0, Math.max(separator, 0), 10);
            return new ProcHandle(generation, text.substring(separator + 1));
        } catch (NumberFormatException malformed) {
            throw new LauncherException(LauncherException.Operation.OTHER,
                    "not a handle of the external launcher, which begins with a number and a colon");
        }
    }

    @Override
    public String toString() {
        return generation + String.valueOf(SEPARATOR) + handle;
    }
}
