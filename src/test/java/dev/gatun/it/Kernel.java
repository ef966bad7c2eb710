package dev.gatun.it;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** Sends signals from this process, independently of the code under test. */
public final class Kernel {

    public static final int HUP = 1;
    public static final int INT = 2;
    public static final int QUIT = 3;
    public static final int KILL = 9;
    public static final int USR1 = 10;
    public static final int USR2 = 12;
    public static final int ALRM = 14;
    public static final int TERM = 15;
    public static final int CONT = 18;
    public static final int STOP = 19;
    public static final int TSTP = 20;
    public static final int TTIN = 21;
    public static final int TTOU = 22;
    public static final int URG = 23;
    public static final int XCPU = 24;
    public static final int VTALRM = 26;
    public static final int WINCH = 28;
    public static final int IO = 29;
    public static final int PWR = 30;
    public static final int RTMIN = 34;
    public static final int RTMAX = 64;

    private static final MethodHandle KILL_FUNCTION = Linker.nativeLinker().downcallHandle(
            Linker.nativeLinker().defaultLookup().find("kill").orElseThrow(),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

    private Kernel() {}

    public static void kill(long pid, int signal) {
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

    public static long ownPid() {
        return ProcessHandle.current().pid();
    }

    public static boolean weAreRoot() {
        return Processes.status(ownPid(), "Uid").orElseThrow().startsWith("0");
    }
}
