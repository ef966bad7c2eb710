package dev.gatun.service.init;

import dev.gatun.linux.CString;
import dev.gatun.linux.SystemLibc;
import java.util.List;

/** Becomes the launcher of a service, or says why not and collects its garbage all the same. */
final class Console {

    private Console() {}

    public static void main(String[] arguments) {
        Launchers launchers = new GatunLaunchers(new SystemLibc(), arguments[0], CString.of(arguments[1]), List.of());
        System.out.println(launchers.become());
        // Each is a safepoint, for which the JVM needs its handlers.
        for (int i = 0; i < 20; i++) {
            System.gc();
        }
        System.out.println("still here");
    }
}
