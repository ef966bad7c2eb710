package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.Accounts;
import dev.gatun.linux.CString;
import dev.gatun.linux.Capability;
import dev.gatun.linux.CapabilitySets;
import dev.gatun.linux.Fd;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SpawnTape;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What a process shall be like when its program starts, and the order in which that is brought about. The order is the
 * point of this class: limits are raised before privileges go, files are opened with our rights, the working directory
 * is entered with the child's, and the parent death signal comes after the change of user, which clears it. A builder
 * for one thread; every setter replaces.
 */
public final class ProcessSetup {

    /** Whom a child shares signals from the terminal with. */
    public enum Grouping {
        /** Our process group. */
        SHARED,
        /** A process group of its own. */
        PROCESS_GROUP,
        /** A session of its own. */
        SESSION
    }

    /**
     * An exec takes handlers away by itself. When it fails the JVM lives on, and without these it would not for long: it
     * notices safepoints and nulls by SIGSEGV.
     */
    private static final SignalSet HANDLED_BY_THE_JVM =
            SignalSet.of(Signal.ILL, Signal.BUS, Signal.FPE, Signal.SEGV);

    private final CString program;
    private final List<CString> arguments;
    private final List<CString> environment;

    private Grouping grouping = Grouping.PROCESS_GROUP;
    private Optional<Fd> foreground = Optional.empty();
    private Optional<Fd> controllingTerminal = Optional.empty();
    private List<CString> cgroupProcs = List.of();
    private OptionalInt oomScoreAdjustment = OptionalInt.empty();
    private OptionalInt nice = OptionalInt.empty();
    private List<Rlimit> limits = List.of();
    private Optional<BitSet> processors = Optional.empty();
    private Optional<BitSet> memoryNodes = Optional.empty();
    private OptionalInt umask = OptionalInt.empty();
    private Redirect input = new Redirect.Inherit();
    private Redirect output = new Redirect.Inherit();
    private Redirect error = new Redirect.Inherit();
    private List<Capability> droppedCapabilities = List.of();
    private Optional<int[]> groups = Optional.empty();
    private OptionalInt gid = OptionalInt.empty();
    private OptionalInt uid = OptionalInt.empty();
    private boolean noNewPrivileges;
    private Optional<CString> workingDirectory = Optional.empty();
    private Optional<Signal> parentDeathSignal = Optional.of(Signal.KILL);
    private int[] keptDescriptors = {};
    private SignalSet untouchedSignals = SignalSet.NONE;
    private SignalSet blockedSignals = SignalSet.NONE;
    private StartPreparation preparation = StartPreparation.NONE;

    /**
     * A process with our own limits, user and streams, in a process group of its own, that dies with us.
     *
     * @param program the file to execute
     * @param arguments its arguments, the name it is called by first
     * @param environment entries {@code NAME=value}
     */
    public ProcessSetup(CString program, List<CString> arguments, List<CString> environment) {
        this.program = requireNonNull(program);
        this.arguments = List.copyOf(arguments);
        this.environment = List.copyOf(environment);
    }

    public ProcessSetup grouping(Grouping value) {
        grouping = value;
        return this;
    }

    public Grouping grouping() {
        return grouping;
    }

    /** A terminal whose foreground the child's process group gets; empty leaves it where it is. */
    public ProcessSetup foreground(Optional<Fd> terminal) {
        foreground = terminal;
        return this;
    }

    /** A terminal that the child's new session takes if it can. */
    public ProcessSetup controllingTerminal(Fd terminal) {
        controllingTerminal = Optional.of(terminal);
        return this;
    }

    /** The {@code cgroup.procs} of the cgroups to enter: one in version 2, one for each hierarchy in version 1. */
    public ProcessSetup cgroups(List<CString> procsFiles) {
        cgroupProcs = List.copyOf(procsFiles);
        return this;
    }

    public ProcessSetup oomScoreAdjustment(int value) {
        oomScoreAdjustment = OptionalInt.of(value);
        return this;
    }

    public ProcessSetup nice(int value) {
        nice = OptionalInt.of(value);
        return this;
    }

    public ProcessSetup limits(List<Rlimit> value) {
        limits = List.copyOf(value);
        return this;
    }

    /** The processors it may run on. */
    public ProcessSetup processors(BitSet value) {
        processors = Optional.of(value);
        return this;
    }

    /** The NUMA nodes its memory comes from. */
    public ProcessSetup memoryNodes(BitSet value) {
        memoryNodes = Optional.of(value);
        return this;
    }

    public ProcessSetup umask(int value) {
        umask = OptionalInt.of(value);
        return this;
    }

    public ProcessSetup streams(Redirect standardInput, Redirect standardOutput, Redirect standardError) {
        input = standardInput;
        output = standardOutput;
        error = standardError;
        return this;
    }

    public ProcessSetup standardOutput(Redirect value) {
        output = value;
        return this;
    }

    public ProcessSetup standardError(Redirect value) {
        error = value;
        return this;
    }

    public ProcessSetup dropCapabilities(List<Capability> value) {
        droppedCapabilities = List.copyOf(value);
        return this;
    }

    public ProcessSetup groups(int... gids) {
        groups = Optional.of(gids.clone());
        return this;
    }

    public ProcessSetup gid(int value) {
        gid = OptionalInt.of(value);
        return this;
    }

    public ProcessSetup uid(int value) {
        uid = OptionalInt.of(value);
        return this;
    }

    /** User, group and supplementary groups at once. */
    public ProcessSetup credentials(Accounts.Credentials value) {
        return uid(value.uid()).gid(value.gid()).groups(value.groups().stream().mapToInt(gid -> gid).toArray());
    }

    public ProcessSetup noNewPrivileges(boolean value) {
        noNewPrivileges = value;
        return this;
    }

    public ProcessSetup workingDirectory(CString path) {
        workingDirectory = Optional.of(path);
        return this;
    }

    /** What the child gets when we end; empty lets it live on. */
    public ProcessSetup parentDeathSignal(Optional<Signal> value) {
        parentDeathSignal = value;
        return this;
    }

    /** Descriptors above 2 that the program inherits, ascending. */
    public ProcessSetup keepDescriptors(int... numbers) {
        keptDescriptors = numbers.clone();
        return this;
    }

    public int[] keptDescriptors() {
        return keptDescriptors.clone();
    }

    /** Signals whose disposition the program inherits instead of the default: those that shall stay ignored. */
    public ProcessSetup leaveSignals(SignalSet signals) {
        untouchedSignals = signals;
        return this;
    }

    /** The program's signal mask; empty as a rule. */
    public ProcessSetup blockSignals(SignalSet signals) {
        blockedSignals = signals;
        return this;
    }

    /** What is done anew before each child, and after it. */
    public ProcessSetup preparation(StartPreparation value) {
        preparation = requireNonNull(value);
        return this;
    }

    StartPreparation preparation() {
        return preparation;
    }

    /** The tape for a child of ours. */
    public SpawnTape tape(Libc libc) {
        SpawnTape.Builder tape = SpawnTape.builder();
        addGrouping(tape);
        addIdentity(tape, libc);
        parentDeathSignal.ifPresent(signal -> tape.parentDeathSignal(signal, (int) libc.getpid()));
        return finish(tape, untouchedSignals);
    }

    /** The tape for {@link SpawnTape#become}: this process becomes the program, so parent and group stay as they are. */
    public SpawnTape tapeInPlace(Libc libc) {
        SpawnTape.Builder tape = SpawnTape.builder();
        addIdentity(tape, libc);
        return finish(tape, untouchedSignals.union(HANDLED_BY_THE_JVM));
    }

    private void addGrouping(SpawnTape.Builder tape) {
        switch (grouping) {
            case SHARED -> {}
            case PROCESS_GROUP -> tape.newProcessGroup();
            case SESSION -> tape.newSession();
        }
        controllingTerminal.ifPresent(tape::controllingTerminalIfFree);
        foreground.ifPresent(tape::foreground);
    }

    private void addIdentity(SpawnTape.Builder tape, Libc libc) {
        for (CString procsFile : cgroupProcs) {
            tape.cgroup(procsFile);
        }
        oomScoreAdjustment.ifPresent(tape::oomScoreAdjustment);
        nice.ifPresent(tape::nice);
        for (Rlimit limit : limits) {
            tape.limit(limit);
        }
        processors.ifPresent(tape::processors);
        memoryNodes.ifPresent(tape::memoryNodes);
        umask.ifPresent(tape::umask);
        input.addTo(tape, 0);
        output.addTo(tape, 1);
        error.addTo(tape, 2);
        if (!droppedCapabilities.isEmpty()) {
            tape.dropCapabilities(droppedCapabilities, CapabilitySets.current(libc));
        }
        groups.ifPresent(tape::groups);
        gid.ifPresent(tape::group);
        uid.ifPresent(tape::user);
        if (noNewPrivileges) {
            tape.noNewPrivileges();
        }
        workingDirectory.ifPresent(tape::workingDirectory);
    }

    private SpawnTape finish(SpawnTape.Builder tape, SignalSet untouched) {
        return tape.closeDescriptorsExcept(keptDescriptors)
                .resetSignals(untouched, blockedSignals)
                .execute(program, arguments, environment, true)
                .build();
    }

    /** The program and its arguments, for messages. */
    public String commandLine() {
        List<String> words = new ArrayList<>();
        for (CString argument : arguments) {
            words.add(argument.toString());
        }
        return String.join(" ", words);
    }
}
