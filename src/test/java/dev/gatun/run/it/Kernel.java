package dev.gatun.run.it;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Sends signals from this process, independently of the code under test. */
final class Kernel {

    static final int HUP = 1;
    static final int INT = 2;
    static final int QUIT = 3;
    static final int KILL = 9;
    static final int USR1 = 10;
    static final int USR2 = 12;
    static final int ALRM = 14;
    static final int TERM = 15;
    static final int CONT = 18;
    static final int STOP = 19;
    static final int TSTP = 20;
    static final int TTIN = 21;
    static final int TTOU = 22;
    static final int URG = 23;
    static final int XCPU = 24;
    static final int VTALRM = 26;
    static final int WINCH = 28;
    static final int IO = 29;
    static final int PWR = 30;
    static final int RTMIN = 34;
    static final int RTMAX = 64;

    private static final MethodHandle KILL_FUNCTION = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().find("kill").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Kernel() {}

    static void kill(long pid, int signal) {
        int result;
        try {
            result = (int) KILL_FUNCTION.invokeExact((int) pid, signal);
        } catch (Throwable impossible) {
            throw new AssertionError(impossible);
        }
        if (result != 0) {
            throw new AssertionError("kill(" + pid + ", " + signal + ") failed");
        }
    }

    static long ownPid() {
        return ProcessHandle.current().pid();
    }

    static boolean weAreRoot() {
        return Processes.status(ownPid(), "Uid").orElseThrow().startsWith("0");
    }
}
