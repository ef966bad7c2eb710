package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.init.ManagedProcess;
import dev.gatun.service.instance.InstanceFile;
import dev.gatun.service.instance.Presence;

/** Looks whether a service runs, for {@code --status}. */
final class StatusLook {

    private final Libc libc;
    private final LaunchRequest request;

    StatusLook(Libc libc, LaunchRequest request) {
        this.libc = libc;
        this.request = request;
    }

    ServiceLauncher.Status look() {
        ServiceFiles files = ServiceFiles.find(libc, request, ConfigFiles.Purpose.SERVICE);
        ConfigFiles config = files.read();
        String name = files.metadata(config.config()).name();
        InstanceFile file =
                ManagedProcess.of(libc, config.config(), name, files.root().toString()).getFirst().instance();
        Presence presence = file.look();
        return switch (presence.kind()) {
            case RUNNING -> new ServiceLauncher.Status(true, name + " is " + presence.words());
            case STARTING, UNREADABLE ->
                new ServiceLauncher.Status(false, name + " is not running: " + presence.words());
            case NOT_RUNNING -> {
                file.removeStale();
                yield new ServiceLauncher.Status(false, name + " is " + presence.words());
            }
        };
    }
}
