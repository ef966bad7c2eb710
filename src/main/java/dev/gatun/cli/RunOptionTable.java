package dev.gatun.cli;

import java.util.ArrayList;
import java.util.List;

/** The options of {@code gatun run}, by the groups in which help shows them. */
final class RunOptionTable {

    // Signals and stopping
    static final Option GROUP = Option.flag("-g --group", "Forward signals to the child's process group");
    static final Option REWRITE =
            Option.values("--rewrite", "A:B", "Forward signal B when A arrives; B of 0 drops it");
    static final Option STOP_SIGNAL =
            Option.value("--stop-signal", "SIGNAL", "What a stop request (TERM) is forwarded as");
    static final Option STOP_TIMEOUT = Option.value(
            "--stop-timeout", "TIME", "From the stop signal to KILL of the whole tree (10s)");
    static final Option DRAIN =
            Option.value("--drain", "TIME", "Wait before the stop signal goes on; a second TERM ends it");
    static final Option PARENT_DEATH_SIGNAL =
            Option.value("--parent-death-signal", "SIGNAL", "What gatun gets when its own parent dies");
    static final Option NO_PDEATHSIG =
            Option.flag("--no-pdeathsig", "Let the child live on when gatun dies (it gets KILL otherwise)");

    // The end
    static final Option SUBREAPER =
            Option.flag("-s --subreaper", "Be a child subreaper (the default unless gatun is PID 1)");
    static final Option NO_SUBREAPER =
            Option.flag("--no-subreaper", "Leave orphans to PID 1, and end with the child");
    static final Option WAIT_ALL = Option.flag("--wait-all", "When the child has ended, wait for its descendants");
    static final Option KILL_REST = Option.flag(
            "--kill-rest", "When it has ended, TERM to the rest, then KILL (the default)");
    static final Option MAP_EXIT =
            Option.values("--map-exit", "N=M", "Exit with M for the child's code N or a range, such as 143=0");
    static final Option RESTART = Option.value("--restart", "WHEN", "no, on-failure or always (no)");
    static final Option MAX_RESTARTS = Option.value("--max-restarts", "N", "Give up after N restarts in a row");
    static final Option BACKOFF =
            Option.value("--backoff", "MIN..MAX", "Time to a restart: doubled each time, jittered (500ms..30s)");

    // The child
    static final Option RLIMIT = Option.values(
            "--rlimit", "NAME=SOFT[:HARD]", "A resource limit, such as nofile=1024:4096 or core=unlimited");
    static final Option USER =
            Option.value("--user", "USER[:GROUP]", "Names or numbers; the user's own groups come along");
    static final Option GROUPS = Option.value("--groups", "G[,G…]", "Supplementary groups in place of the user's");
    static final Option NO_NEW_PRIVS =
            Option.flag("--no-new-privs", "No program below gains privileges by its execution");
    static final Option CAP_DROP =
            Option.values("--cap-drop", "CAP[,CAP…]", "Take capabilities away for good, such as net_raw; or all");
    static final Option UMASK = Option.value("--umask", "OCTAL", "Permission bits that new files do not get");
    static final Option CWD = Option.value("--cwd", "FOLDER", "Working directory");
    static final Option ENV = Option.values("--env", "NAME[=VALUE]", "Set a variable, or pass on one of gatun's own");
    static final Option ENV_FILE =
            Option.values("--env-file", "FILE", "The same from a file, one a line, # for comments");
    static final Option CLEAR_ENV = Option.flag("--clear-env", "Start from an empty environment");
    static final Option OOM_SCORE_ADJ =
            Option.value("--oom-score-adj", "N", "-1000 to 1000: the higher, the sooner the OOM killer comes");
    static final Option NICE = Option.value("--nice", "N", "Scheduling priority, -20 (first) to 19 (last)");

    // Gatun itself
    static final Option PID_FILE = Option.value("--pid-file", "FILE", "Holds the child's pid; removed at the end");
    static final Option EXEC = Option.flag("--exec", "Set everything up, then become the command: same pid");
    static final Option EXPLAIN = Option.flag("--explain", "Print what would be done, and do nothing");
    static final Option LOG_FORMAT = Option.value("--log-format", "FORMAT", "text or json (text)");
    static final Option LOG_LEVEL = Option.value("--log-level", "LEVEL", "error, warn, info, debug or trace (warn)");
    static final Option VERBOSE = Option.counter("-v --verbose", "One level more; repeatable");
    static final Option HELP = Option.flag("-h --help", "Print this help");

    /** A heading of the help, and the options under it. */
    record Section(String heading, List<Option> options) {}

    static final List<Section> SECTIONS = List.of(
            new Section(
                    "Signals",
                    List.of(GROUP, REWRITE, STOP_SIGNAL, STOP_TIMEOUT, DRAIN, PARENT_DEATH_SIGNAL, NO_PDEATHSIG)),
            new Section(
                    "The end",
                    List.of(
                            WAIT_ALL,
                            KILL_REST,
                            SUBREAPER,
                            NO_SUBREAPER,
                            MAP_EXIT,
                            RESTART,
                            MAX_RESTARTS,
                            BACKOFF)),
            new Section(
                    "The child",
                    List.of(
                            USER,
                            GROUPS,
                            NO_NEW_PRIVS,
                            CAP_DROP,
                            RLIMIT,
                            UMASK,
                            CWD,
                            ENV,
                            ENV_FILE,
                            CLEAR_ENV,
                            OOM_SCORE_ADJ,
                            NICE)),
            new Section(
                    "Gatun",
                    List.of(EXEC, EXPLAIN, PID_FILE, LOG_FORMAT, LOG_LEVEL, VERBOSE, HELP)));

    private RunOptionTable() {}

    static OptionTable table() {
        List<Option> all = new ArrayList<>();
        for (Section section : SECTIONS) {
            all.addAll(section.options());
        }
        return new OptionTable(all);
    }
}
