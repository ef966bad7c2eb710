package dev.gatun.spawner;

import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.UnixAddress;
import dev.gatun.loop.EventLoop;
import dev.gatun.process.InheritedEnvironment;
import dev.gatun.process.LauncherException;
import dev.gatun.process.ProcessSetup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The transport that settings ask for, and the cookie that goes with it. */
record Connections(Transport transport, String cookie) {

    private static final String PROTOCOL = "SPAWNER_PROTOCOL=1";
    private static final String COOKIE = "SPAWNER_COOKIE=";
    private static final CString PREFIX = CString.of("SPAWNER_");

    /** @throws LauncherException with one sentence where it cannot work */
    static Connections of(Libc libc, EventLoop loop, ExternalSettings settings) {
        return settings.socket().isPresent()
                ? overSocket(libc, loop, settings, settings.socket().get())
                : overStdio(libc, loop, settings);
    }

    private static Connections overStdio(Libc libc, EventLoop loop, ExternalSettings settings) {
        String cookie = ExternalProcLauncher.newCookie();
        ProcessSetup setup = setup(libc, settings.command(), List.of(PROTOCOL, COOKIE + cookie))
                .parentDeathSignal(settings.deathSignal());
        return new Connections(
                new StdioTransport(libc, loop, setup, settings.backoff(), settings.deadlines()), cookie);
    }

    private static Connections overSocket(Libc libc, EventLoop loop, ExternalSettings settings, Path path) {
        UnixAddress address;
        try {
            address = new UnixAddress(CString.of(path.toString()), false);
        } catch (IllegalArgumentException tooLong) {
            throw new LauncherException(LauncherException.Operation.OTHER, tooLong.getMessage());
        }
        String cookie = new SocketFolder(path, (int) libc.geteuid()).cookie();
        Optional<ProcessSetup> setup = settings.command().isEmpty()
                ? Optional.empty()
                : Optional.of(setup(
                        libc, settings.command(), List.of(PROTOCOL, COOKIE + cookie, "SPAWNER_SOCKET=" + path))
                        .parentDeathSignal(Optional.empty()));
        return new Connections(
                new SocketTransport(libc, loop, path, address, setup, settings.backoff(), settings.deadlines()),
                cookie);
    }

    private static ProcessSetup setup(Libc libc, List<String> command, List<String> variables) {
        List<CString> environment = new ArrayList<>();
        for (CString entry : InheritedEnvironment.read(libc)) {
            if (!entry.startsWith(PREFIX)) {
                environment.add(entry);
            }
        }
        variables.forEach(variable -> environment.add(CString.of(variable)));
        List<CString> words = command.stream().map(CString::of).toList();
        return new ProcessSetup(program(libc, words.getFirst(), environment), words, environment);
    }

    private static CString program(Libc libc, CString name, List<CString> environment) {
        return switch (CommandPath.find(libc, name, environment)) {
            case CommandPath.Executable found -> found.path();
            case CommandPath.NotExecutable found -> throw new LauncherException(
                    LauncherException.Operation.OTHER, "the spawner " + found.path() + " is not executable");
            case CommandPath.Missing _ -> throw new LauncherException(
                    LauncherException.Operation.OTHER, "there is no spawner " + name);
        };
    }
}
