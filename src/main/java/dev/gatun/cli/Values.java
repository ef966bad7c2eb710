package dev.gatun.cli;

import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.linux.Capability;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
import dev.gatun.log.Level;
import dev.gatun.log.LogFormat;
import dev.gatun.spawner.check.Check;
import dev.gatun.spawner.check.Checks;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What an option's value can be, as far as a shell can help with it.
 *
 * @param kind how it is put together
 * @param words of which; empty where the shell itself knows them
 */
record Values(Kind kind, List<String> words) {

    enum Kind {
        /** Nobody knows: a number, a time. */
        FREE,
        /** One of the words. */
        ONE,
        /** Several of the words, with commas. */
        LIST,
        /** Two of the words, with a colon; the second may be 0. */
        PAIR,
        /** One of the words, and behind an equals sign what nobody knows. */
        ASSIGNMENT,
        FILE,
        FOLDER,
        /** A user, and a group behind a colon. */
        USER,
        /** Groups, with commas. */
        GROUPS,
        /** The name of an environment variable, and maybe its value. */
        VARIABLE
    }

    private static Values of(Kind kind) {
        return new Values(kind, List.of());
    }

    /** Of an option, by what its help calls the value. */
    static Values of(Option option) {
        return switch (option.valueLabel()) {
            case "SIGNAL" -> new Values(Kind.ONE, signals());
            case "A:B" -> new Values(Kind.PAIR, signals());
            case "NAME=SOFT[:HARD]" -> new Values(Kind.ASSIGNMENT, names(Rlimit.Resource.values()));
            case "CAP[,CAP…]" -> new Values(Kind.LIST, capabilities());
            case "WHEN" -> new Values(Kind.ONE, names(RestartPolicy.When.values()));
            case "LEVEL" -> new Values(Kind.ONE, names(Level.values()));
            case "FORMAT" -> new Values(Kind.ONE, names(LogFormat.values()));
            case "MODE" -> new Values(Kind.ONE, List.of("startup", "check", "status"));
            case "TRANSPORT" -> new Values(Kind.ONE, List.of("stdio", "unix", SpawnerCommand.BOTH));
            case "CHECK" -> new Values(Kind.ONE, Checks.ALL.stream().map(Check::name).toList());
            case "FILE" -> of(Kind.FILE);
            case "FOLDER" -> of(Kind.FOLDER);
            case "USER[:GROUP]" -> of(Kind.USER);
            case "G[,G…]" -> of(Kind.GROUPS);
            case "NAME[=VALUE]" -> of(Kind.VARIABLE);
            case "NAME", "NAME=VALUE", "VERSION", "TIME", "N", "N=M", "MIN..MAX", "OCTAL" -> of(Kind.FREE);
            default -> throw new IllegalArgumentException("what may " + option.valueLabel() + " be?");
        };
    }

    private static List<String> signals() {
        List<String> names = new ArrayList<>();
        for (int number = 1; number < Signal.RTMIN; number++) {
            String name = Signal.name(number);
            if (name.startsWith("SIG")) {
                names.add(name.substring(3));
            }
        }
        names.addAll(List.of("RTMIN", "RTMAX"));
        return names;
    }

    private static List<String> capabilities() {
        List<String> names = new ArrayList<>(List.of("all"));
        names.addAll(Stream.of(Capability.values()).map(capability -> word(capability.name())).toList());
        return names;
    }

    private static List<String> names(Enum<?>[] constants) {
        return Stream.of(constants).map(constant -> word(constant.name())).toList();
    }

    /** Options spell them in lower case, capabilities with their underscores. */
    private static String word(String constant) {
        return constant.equals("ON_FAILURE") ? "on-failure" : constant.toLowerCase(Locale.ROOT);
    }

    /** The words with blanks between. */
    String joined() {
        return String.join(" ", words);
    }
}
