package dev.gatun.spawner;

import dev.gatun.process.LauncherSettings;
import dev.gatun.process.ProcLauncher;
import dev.gatun.process.ProcLauncherProvider;
import dev.gatun.process.RequiredLibraries;

/** The kind {@code external}; its settings are in {@code docs/spawners.md}. */
public final class ExternalProcLauncherProvider implements ProcLauncherProvider {

    @Override
    public String kind() {
        return SpawnerFeatures.KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        RequiredLibraries.check(
                SpawnerFeatures.KIND,
                "com.fasterxml.jackson.core:jackson-databind",
                ExternalProcLauncherProvider.class,
                "com.fasterxml.jackson.databind.JsonNode",
                "com.fasterxml.jackson.core.JsonFactory");
        ExternalSettings read = ExternalSettings.read(settings);
        System.Logger logger = System.getLogger("dev.gatun.spawner");
        return ExternalProcLauncher.open(read, line -> logger.log(System.Logger.Level.INFO, line));
    }
}
