package dev.gatun.engine.systemd;

import java.util.Map;

/** Why a unit never came to execute its program, in words. */
final class StartFailure {

    /** The exit codes of systemd's own child that a launch can bring about: systemd.exec(5), "Process Exit Codes". */
    private static final Map<Integer, String> SETUP = Map.ofEntries(
            Map.entry(200, "its working directory cannot be entered"),
            Map.entry(201, "its nice level cannot be set"),
            Map.entry(203, "it cannot be executed"),
            Map.entry(205, "a limit of setrlimit cannot be set"),
            Map.entry(206, "its OOM score cannot be set"),
            Map.entry(208, "its standard input cannot be opened"),
            Map.entry(209, "its standard output cannot be opened"),
            Map.entry(210, "its root directory cannot be entered"),
            Map.entry(214, "its scheduling cannot be set"),
            Map.entry(215, "its processors cannot be set"),
            Map.entry(216, "its group cannot be set"),
            Map.entry(217, "its user cannot be set"),
            Map.entry(218, "its capabilities cannot be set"),
            Map.entry(219, "its control group cannot be entered"),
            Map.entry(222, "its standard error cannot be opened"),
            Map.entry(226, "its mount namespace cannot be made"),
            Map.entry(242, "its NUMA policy cannot be set"));

    private StartFailure() {}

    /** As a sentence. */
    static String reason(UnitState state) {
        return "systemd did not execute the program: " + cause(state);
    }

    private static String cause(UnitState state) {
        if (state.mainCode() == UnitState.EXITED) {
            String why = SETUP.getOrDefault(state.mainStatus(), "its process could not be set up");
            return why + " (status " + state.mainStatus() + " of systemd.exec(5))";
        }
        return switch (state.result()) {
            case "timeout" -> "it was not executed in time";
            case "resources" -> "systemd has not the resources, or cannot read its environment";
            case "success" -> "its start was called off";
            default -> "its result is \"" + state.result() + "\"";
        };
    }
}
