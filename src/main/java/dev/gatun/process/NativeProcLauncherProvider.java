package dev.gatun.process;

/**
 * The kind {@code native}: children of this process. One setting: {@code cgroup-parent}, the control group below which
 * those with limits get their own, see {@link NativeProcLauncher#open(java.util.Optional)}.
 */
public final class NativeProcLauncherProvider implements ProcLauncherProvider {

    @Override
    public String kind() {
        return ProcLaunchers.DEFAULT_KIND;
    }

    @Override
    public ProcLauncher open(LauncherSettings settings) {
        settings.allow(kind(), "cgroup-parent");
        return NativeProcLauncher.open(settings.text("cgroup-parent"));
    }
}
