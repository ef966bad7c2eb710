package dev.gatun.service.init;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.CString;
import dev.gatun.linux.DescriptorTable;
import dev.gatun.linux.Errno;
import dev.gatun.linux.FilePath;
import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalSet;
import dev.gatun.linux.SpawnResult;
import dev.gatun.linux.SpawnTape.Builder.FileMode;
import dev.gatun.linux.proc.ProcStatus;
import dev.gatun.process.InheritedEnvironment;
import dev.gatun.process.ProcessSetup;
import dev.gatun.process.ProcessSetup.Grouping;
import dev.gatun.process.Redirect;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Launchers that are this very program: {@code gatun service}. They get the environment that our caller gave us. */
public final class GatunLaunchers implements Launchers {

    /** What a caller may have had ignored for good, by nohup(1) or as a shell does with its background jobs. */
    private static final SignalSet LEFT_IGNORED = SignalSet.of(Signal.HUP, Signal.INT, Signal.QUIT);

    private final Libc libc;
    private final CString program;
    private final CString distRoot;
    private final List<CString> options;

    /**
     * Launchers of the service in a dist root.
     *
     * @param gatunHome the folder with {@code bin/gatun}
     * @param distRoot absolute
     * @param options more of {@code gatun service}, such as other configuration files
     */
    public GatunLaunchers(Libc libc, String gatunHome, CString distRoot, List<CString> options) {
        this.libc = requireNonNull(libc);
        this.program = CString.of(gatunHome + "/bin/gatun");
        this.distRoot = requireNonNull(distRoot);
        this.options = List.copyOf(options);
    }

    @Override
    public SpawnResult start(ManagedProcess process) {
        ProcessSetup setup = setup("--startup", "--only", process.name())
                .grouping(Grouping.SESSION)
                .parentDeathSignal(Optional.empty());
        return writingTo(process.logPath(), setup).tape(libc).spawn(libc);
    }

    @Override
    public SpawnResult check(String logPath) {
        return writingTo(logPath, setup("--check")).tape(libc).spawn(libc);
    }

    private static ProcessSetup writingTo(String logPath, ProcessSetup setup) {
        Redirect log = new Redirect.ToFile(CString.of(logPath), FileMode.APPEND);
        return setup.streams(new Redirect.Discard(), log, new Redirect.MergeIntoOutput());
    }

    @Override
    public String become() {
        int errno = FilePath.whyNotExecutable(libc, program);
        if (errno != 0) {
            return "cannot execute " + program + ": " + Errno.describe(errno);
        }
        ProcessSetup setup = setup("--startup").keepDescriptors(DescriptorTable.inherited(libc));
        Optional<ProcStatus> status = ProcStatus.read(libc, "/proc/self/status");
        if (status.isPresent()) {
            setup.leaveSignals(status.get().ignored().intersection(LEFT_IGNORED));
        }
        return setup.tapeInPlace(libc).become(libc).toString();
    }

    private ProcessSetup setup(String... more) {
        List<CString> words = new ArrayList<>(List.of(program, CString.of("service")));
        words.addAll(CString.listOf(more));
        words.add(CString.of("--dist-root"));
        words.add(distRoot);
        words.addAll(options);
        return new ProcessSetup(program, words, InheritedEnvironment.read(libc)).workingDirectory(distRoot);
    }
}
