package dev.gatun.service.init;

import dev.gatun.linux.CString;
import dev.gatun.linux.SystemLibc;
import java.util.List;

/** Becomes the launcher of a service, or says why not and goes on as JVMs do. */
final class Console {

    private Console() {}

    public static void main(String[] arguments) {
        Launchers launchers = new GatunLaunchers(new SystemLibc(), arguments[0], CString.of(arguments[1]), List.of());
        System.out.println(launchers.become());
        // Compiled code notices a null by SIGSEGV, for which the JVM needs its handler.
        int nulls = 0;
        for (int i = 0; i < 100_000; i++) {
            nulls += isNull(i < 0 ? "" : null) ? 1 : 0;
        }
        System.out.println(nulls == 100_000 ? "still here" : "");
    }

    private static boolean isNull(String text) {
        try {
            return text.length() < 0;
        } catch (NullPointerException noticed) {
            return true;
        }
    }
}
