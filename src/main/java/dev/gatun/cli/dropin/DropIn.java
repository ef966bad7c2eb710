package dev.gatun.cli.dropin;

import dev.gatun.cli.Console;
import dev.gatun.cli.Version;
import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.StopLadder;
import dev.gatun.linux.CString;
import dev.gatun.linux.CommandPath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.process.InheritedEnvironment;
import java.util.List;
import java.util.Optional;

/** The programs that Gatun is when it is called by their name. */
public final class DropIn {

    /** What they have in common: signals are passed on, nothing is ever killed, the end of the child is the end. */
    static final Policy FORWARDER = Policy.DEFAULT.withStop(StopLadder.none());

    private DropIn() {}

    /**
     * Is the program of that name.
     *
     * @return its exit code; empty for a name that is none of theirs
     */
    public static Optional<Integer> run(Libc libc, Console console, String name, List<CString> words) {
        try {
            return switch (name) {
                case "tini" -> Optional.of(new TiniCommand(libc, console).execute(words, environment(libc)));
                case "dumb-init" -> Optional.of(new DumbInitCommand(libc, console).execute(words, environment(libc)));
                case "catatonit" -> Optional.of(new CatatonitCommand(libc, console).execute(words, environment(libc)));
                case "python-service-launcher" ->
                    Optional.of(new PythonServiceLauncherCommand(libc, console).execute(words));
                case "go-java-launcher" -> Optional.of(new GoJavaLauncherCommand(libc, console).execute(words));
                case "go-init" -> Optional.of(new GoInitCommand(libc, console).execute(words));
                default -> Optional.empty();
            };
        } catch (Done done) {
            return Optional.of(done.exitCode());
        }
    }

    private static List<CString> environment(Libc libc) {
        return InheritedEnvironment.read(libc);
    }

    /** The value of a variable, by the bytes that our caller set. */
    static Optional<String> variable(List<CString> environment, String name) {
        Optional<CString> value = CommandPath.variable(environment, name);
        return value.isPresent() ? Optional.of(value.get().toString()) : Optional.empty();
    }

    static boolean has(List<CString> environment, String name) {
        return CommandPath.variable(environment, name).isPresent();
    }

    /** By this the user says that the first operand ends the options, whatever a program has in mind. */
    static boolean permutes(List<CString> environment) {
        return !has(environment, "POSIXLY_CORRECT");
    }

    /** Behind the version of the original, for whoever asks which program this is. */
    static String ofGatun() {
        return " (Gatun " + Version.ofGatun() + ")";
    }

    static String license(Libc libc) {
        String file = System.getProperty("gatun.home", "") + "/LICENSE";
        return ProcFile.readText(libc, file).orElse("Gatun is licensed under the Apache License, Version 2.0.\n");
    }
}
