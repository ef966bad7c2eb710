package dev.gatun.process;

/** The kind {@code native}: children of this process. It has no settings. */
public final class NativeProcLauncherProvider implements ProcLauncherProvider {

    @Override
    public String kind() {
        return ProcLaunchers.DEFAULT_KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        settings.allow(kind());
        return NativeProcLauncher.open();
    }
}
