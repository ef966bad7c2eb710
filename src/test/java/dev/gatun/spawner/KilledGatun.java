package dev.gatun.spawner;

import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcId;
import java.util.Map;

/** Launches a process that sleeps, prints its pid, and ends as a kill would end it: without closing anything. */
final class KilledGatun {

    private KilledGatun() {}

    public static void main(String[] command) {
        ExternalSettings settings =
                ExternalSettings.read(new LauncherSettings(Map.of("command", String.join(" ", command))));
        ExternalProcLauncher launcher = ExternalProcLauncher.open(settings, line -> {});
        Launched launched = launcher.launch(new ProcId("web"), LaunchOptions.builder("/bin/sleep", "1000").build())
                .toCompletableFuture().join();
        System.out.println(launched.pid().getAsInt());
        System.out.flush();
        Runtime.getRuntime().halt(0);
    }
}
