package dev.gatun.engine.systemd;

import dev.gatun.it.Await;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A message bus of a test's own, which can be ended and begun again at the same address. */
final class PrivateBus implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/bin/dbus-daemon");

    private final Path folder;
    private Process daemon;

    PrivateBus(Path folder) throws IOException {
        Assumptions.assumeTrue(Files.isExecutable(PROGRAM), "there is no " + PROGRAM + "; install the package dbus");
        this.folder = folder;
        Files.writeString(folder.resolve("bus.conf"), """
                <!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
                  "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
                <busconfig>
                  <type>session</type>
                  <listen>%s</listen>
                  <auth>EXTERNAL</auth>
                  <policy context="default">
                    <allow send_destination="*" eavesdrop="true"/>
                    <allow eavesdrop="true"/>
                    <allow own="*"/>
                  </policy>
                </busconfig>
                """.formatted(address()));
        begin();
    }

    String address() {
        return "unix:path=" + folder.resolve("bus");
    }

    void begin() throws IOException {
        daemon = new ProcessBuilder(
                PROGRAM.toString(), "--config-file=" + folder.resolve("bus.conf"), "--nofork", "--nopidfile")
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("bus.log").toFile())
                .start();
        Await.until("the bus", () -> Files.exists(folder.resolve("bus")));
    }

    void end() throws IOException {
        daemon.destroyForcibly().onExit().join();
        Files.deleteIfExists(folder.resolve("bus"));
    }

    @Override
    public void close() throws IOException {
        end();
    }
}
