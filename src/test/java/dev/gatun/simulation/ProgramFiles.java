package dev.gatun.simulation;

import java.util.List;

/**
 * The executable files: {@code /sim/N} is the program of the supervised process number N, another one for each of its
 * starts.
 */
final class ProgramFiles {

    private static final String FOLDER = "/sim/";

    private final List<Scenario.Supervisee> supervisees;
    private final int[] starts;
    private int allStarts;

    ProgramFiles(List<Scenario.Supervisee> supervisees) {
        this.supervisees = supervisees;
        starts = new int[supervisees.size()];
    }

    /** Number of a start among all of this world. */
    int countStart() {
        return ++allStarts;
    }

    static String path(int supervised) {
        return FOLDER + supervised;
    }

    int supervised(String path) {
        return Integer.parseInt(path.substring(FOLDER.length()));
    }

    /** What the execution answers, 0 where it works; a file of no known format works by the shell alone. */
    int errno(String path, boolean shell) {
        int errno = supervisees.get(supervised(path)).execErrno();
        return errno == Faults.ENOEXEC && shell ? 0 : errno;
    }

    Program nextProgram(String path) {
        int supervised = supervised(path);
        List<Program> programs = supervisees.get(supervised).programs();
        return programs.get(starts[supervised]++ % programs.size());
    }
}
