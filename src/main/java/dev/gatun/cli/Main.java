package dev.gatun.cli;

import dev.gatun.cli.dropin.DropIn;
import dev.gatun.events.FlightRecording;
import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.util.List;
import java.util.Optional;

/** The program: picks the command, by the name it was called by or by its first word. */
public final class Main {

    private static final int USAGE = 125;

    private Main() {}

    public static void main(String[] arguments) {
        Libc libc = new SystemLibc();
        Console console = new Console(System.out, System.err);
        String name = System.getProperty("gatun.name", "gatun");
        List<CString> words = CommandLine.read(libc, arguments);
        Optional<Integer> exitCode = DropIn.run(libc, console, name, words);
        leave(exitCode.isPresent() ? exitCode.get() : run(libc, console, name, words));
    }

    /**
     * Ends the JVM. An orderly exit looks for a logger to tell of it, which takes 13 ms and more, and runs shutdown hooks;
     * we have none, and the flight recorder's, which writes the recording, is there only if somebody records.
     */
    private static void leave(int exitCode) {
        if (FlightRecording.isOn()) {
            System.exit(exitCode);
        }
        System.out.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    static int run(Libc libc, Console console, String name, List<CString> words) {
        String command = words.isEmpty() ? "" : words.getFirst().toString();
        List<CString> rest = words.isEmpty() ? words : words.subList(1, words.size());
        try {
            return switch (command) {
                case "run" -> new RunCommand(libc, console).execute(rest);
                case "service" -> new ServiceCommand(libc, console).execute(rest);
                case "init" -> new InitCommand(libc, console).execute(rest);
                case "schema" -> new SchemaCommand(console).execute(rest);
                case "spawner" -> new SpawnerCommand(libc, console).execute(rest);
                case "doctor" -> new DoctorCommand(libc, console).execute(rest);
                case "completion" -> new CompletionCommand(console).execute(rest);
                case "help", "--help", "-h" -> new HelpCommand(libc, console).execute(rest);
                case "version", "--version", "-V" -> new VersionCommand(console).execute(rest);
                case "" -> new HelpCommand(libc, console).nothing();
                default -> new HelpCommand(libc, console).unknownCommand(command);
            };
        } catch (UsageError error) {
            console.complain("gatun: " + error.getMessage() + " (see gatun " + command + " --help)\n");
            return USAGE;
        }
    }
}
