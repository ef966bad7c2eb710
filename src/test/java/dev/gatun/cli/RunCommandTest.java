package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.lifecycle.Policy;
import dev.gatun.lifecycle.Rest;
import dev.gatun.lifecycle.RestartPolicy;
import dev.gatun.lifecycle.Target;
import dev.gatun.linux.CString;
import dev.gatun.linux.Capability;
import dev.gatun.linux.Rlimit;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SystemLibc;
import dev.gatun.log.Level;
import dev.gatun.log.LogFormat;
import dev.gatun.run.EnvironmentChanges;
import dev.gatun.run.RunOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the options of {@code gatun run} come to, and what is said of those that come to nothing. */
class RunCommandTest {

    @TempDir
    private Path folder;

    private static RunOptions options(String line) {
        return options(CString.listOf(line.isEmpty() ? new String[0] : line.split(" ")));
    }

    private static RunOptions options(List<CString> words) {
        return new RunCommand(new SystemLibc(), new Console(System.out, System.err))
                .options(RunOptionTable.table().parse(words));
    }

    private static Policy policy(String line) {
        return options(line + " cmd").policy();
    }

    private static RunOptions.Child child(String line) {
        return options(line + " cmd").child();
    }

    @Test
    void nothingGivenIsTheDefault() {
        RunOptions options = options("cmd -g --drain");
        assertThat(options.program()).isEqualTo("gatun");
        assertThat(options.command()).isEqualTo(CString.listOf("cmd", "-g", "--drain"));
        assertThat(options.policy().stop().timeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(options.policy().rest()).isEqualTo(Rest.END);
        assertThat(options.policy().restart()).isEqualTo(RestartPolicy.no());
        assertThat(options.signals()).usingRecursiveComparison().isEqualTo(RunOptions.Signals.DEFAULT);
        assertThat(options.launcher().subreaper()).isEqualTo(RunOptions.Subreaper.AUTOMATIC);
        assertThat(options.launcher().logLevel()).isEqualTo(Level.WARN);
        assertThat(options.launcher().logFormat()).isEqualTo(LogFormat.TEXT);
        assertThat(options.child().diesWithUs()).isTrue();
        assertThat(options.child().environment()).isEqualTo(EnvironmentChanges.NONE);
    }

    @Test
    void commandBehindTwoDashesMayBeginWithADash() {
        assertThat(options("-g -- -odd --").command()).isEqualTo(CString.listOf("-odd", "--"));
    }

    @Test
    void stopping() {
        Policy policy = policy("--stop-signal int --stop-timeout 1m30s --drain 500ms -g");
        assertThat(policy.stop().signal()).isEqualTo(Signal.INT.number());
        assertThat(policy.stop().timeout()).isEqualTo(Duration.ofSeconds(90));
        assertThat(policy.stop().drain()).isEqualTo(Duration.ofMillis(500));
        assertThat(policy.stop().target()).isEqualTo(Target.GROUP);
        assertThat(policy("--stop-signal RTMIN+3").stop().signal()).isEqualTo(37);
        assertThat(policy("--stop-signal 15").stop().signal()).isEqualTo(15);
    }

    @Test
    void signals() {
        RunOptions.Signals signals = options("-g --rewrite TERM:QUIT --rewrite usr1:0 --rewrite=HUP:1 cmd").signals();
        assertThat(signals.group()).isTrue();
        assertThat(signals.rewrites().apply(Signal.TERM.number())).isEqualTo(Signal.QUIT.number());
        assertThat(signals.rewrites().apply(Signal.USR1.number())).isZero();
        assertThat(signals.rewrites().isRewritten(Signal.HUP.number())).isFalse();
    }

    @Test
    void theEnd() {
        assertThat(policy("--wait-all").rest()).isEqualTo(Rest.WAIT);
        assertThat(policy("--kill-rest").rest()).isEqualTo(Rest.END);
        assertThat(policy("--wait-all --kill-rest").rest()).isEqualTo(Rest.END);
        assertThat(policy("--no-subreaper").rest()).isEqualTo(Rest.LEAVE);
        assertThat(policy("--map-exit 143=0 --map-exit 1-9=1").exitMapping().toString()).startsWith("2=1 ")
                .endsWith("143=0");
        assertThat(options("-s cmd").launcher().subreaper()).isEqualTo(RunOptions.Subreaper.YES);
        assertThat(options("--no-subreaper cmd").launcher().subreaper()).isEqualTo(RunOptions.Subreaper.NO);
    }

    @Test
    void restarts() {
        Policy policy = policy("--restart on-failure --max-restarts 5 --backoff 1s..1m");
        assertThat(policy.restart().when()).isEqualTo(RestartPolicy.When.ON_FAILURE);
        assertThat(policy.restart().maxRestarts()).hasValue(5);
        assertThat(policy.backoff().min()).isEqualTo(Duration.ofSeconds(1));
        assertThat(policy.backoff().max()).isEqualTo(Duration.ofMinutes(1));
        assertThat(policy("--restart always").restart()).isEqualTo(RestartPolicy.always());
        assertThat(policy("--restart no").restart()).isEqualTo(RestartPolicy.no());
    }

    @Test
    void theChild() {
        RunOptions.Child child = child("--user www-data:7 --groups a,8 --no-new-privs --umask 027 --cwd /tmp "
                + "--oom-score-adj -500 --nice -5 --no-pdeathsig --clear-env");
        assertThat(child.user()).contains("www-data:7");
        assertThat(child.groups()).contains(List.of("a", "8"));
        assertThat(child.noNewPrivileges()).isTrue();
        assertThat(child.umask()).hasValue(0b000_010_111);
        assertThat(child.workingDirectory()).contains(CString.of("/tmp"));
        assertThat(child.oomScoreAdjustment()).hasValue(-500);
        assertThat(child.nice()).hasValue(-5);
        assertThat(child.diesWithUs()).isFalse();
        assertThat(child.environment().clear()).isTrue();
    }

    @Test
    void limits() {
        assertThat(child("--rlimit nofile=1024:4096 --rlimit RLIMIT_CORE=unlimited --rlimit=cpu=0:infinity").limits())
                .containsExactly(
                        new Rlimit(Rlimit.Resource.NOFILE, 1024, 4096),
                        new Rlimit(Rlimit.Resource.CORE, Rlimit.UNLIMITED, Rlimit.UNLIMITED),
                        new Rlimit(Rlimit.Resource.CPU, 0, Rlimit.UNLIMITED));
    }

    @Test
    void capabilities() {
        assertThat(child("--cap-drop net_raw,CAP_SYS_ADMIN --cap-drop chown").droppedCapabilities())
                .containsExactly(Capability.NET_RAW, Capability.SYS_ADMIN, Capability.CHOWN);
        assertThat(child("--cap-drop ALL").droppedCapabilities()).containsExactly(Capability.values());
    }

    @Test
    void environmentOfTheCommandLineComesBehindThatOfFiles() throws IOException {
        Path file = folder.resolve("env");
        Files.writeString(file, "# comment\n\n  A=1\nB=two words \r\nC\nA=3=4", StandardCharsets.UTF_8);
        assertThat(child("--env A=last --env-file " + file + " --env D").environment().assignments())
                .isEqualTo(CString.listOf("A=1", "B=two words ", "C", "A=3=4", "A=last", "D"));
    }

    @Test
    void environmentIsBytes() throws IOException {
        Path file = folder.resolve("env");
        byte[] latin = {'A', '=', (byte) 0xe9};
        Files.write(file, latin);
        List<CString> words = List.of(
                CString.of("--env-file"), CString.of(file.toString()), CString.of("--env"), CString.ofBytes(latin),
                CString.of("cmd"));
        assertThat(options(words).child().environment().assignments())
                .containsExactly(CString.ofBytes(latin), CString.ofBytes(latin));
    }

    @Test
    void launcher() {
        RunOptions.Launcher launcher = options(
                "--parent-death-signal TERM --pid-file /run/x.pid --log-format json --log-level error -vv cmd")
                .launcher();
        assertThat(launcher.parentDeathSignal()).contains(Signal.TERM);
        assertThat(launcher.pidFile()).contains(CString.of("/run/x.pid"));
        assertThat(launcher.logFormat()).isEqualTo(LogFormat.JSON);
        assertThat(launcher.logLevel()).as("error and two more").isEqualTo(Level.INFO);
        assertThat(options("-v cmd").launcher().logLevel()).isEqualTo(Level.INFO);
        assertThat(options("-vvvvvv cmd").launcher().logLevel()).isEqualTo(Level.TRACE);
    }

    @Test
    void execGoesWithWhatIsDoneBeforehand() {
        assertThat(options("--exec --user 1 --rlimit core=0 --env A=1 --nice 1 --umask 0 --cwd / cmd").command())
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            ''                         | no command given: gatun run [OPTIONS] [--] CMD [ARG…]
            -g                         | no command given: gatun run [OPTIONS] [--] CMD [ARG…]
            -g --                      | no command given: gatun run [OPTIONS] [--] CMD [ARG…]
            --stop-signal TREM c       | --stop-signal TREM: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --stop-signal 0 c          | --stop-signal 0: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --stop-signal 65 c         | --stop-signal 65: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --stop-signal RTMIN+99 c   | --stop-signal RTMIN+99: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --parent-death-signal X c  | --parent-death-signal X: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --rewrite TERM c           | --rewrite TERM: expected two signals such as TERM:QUIT, or USR1:0 to drop one
            --rewrite TERM:X c         | --rewrite X: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --rewrite 0:TERM c         | --rewrite 0: expected a signal such as TERM, SIGUSR1, RTMIN+3 or 15
            --stop-timeout soon c      | --stop-timeout "soon": expected a duration such as 10s, 500ms or 1m30s
            --drain -1s c              | --drain "-1s": expected a duration such as 10s, 500ms or 1m30s
            --map-exit 143 c           | --map-exit exit mapping `143`: expected N=M or FIRST-LAST=M, such as 143=0
            --map-exit 300=0 c         | --map-exit exit mapping `300=0`: `300` is not an exit code in 0..255
            --restart maybe c          | --restart maybe: expected no, on-failure or always
            --restart always --max-restarts -1 c | --max-restarts -1: expected a number from 0 to 1000000
            --restart always --max-restarts x c  | --max-restarts x: expected a number from 0 to 1000000
            --restart always --backoff 1s c      | --backoff 1s: expected two durations, e.g. 500ms..30s
            --restart always --backoff x..1s c   | --backoff "x": expected a duration such as 10s, 500ms or 1m30s
            --rlimit nofile c          | --rlimit nofile: expected NAME=SOFT[:HARD], e.g. nofile=1024:4096
            --rlimit nofile=1:2:3 c    | --rlimit nofile=1:2:3: expected one limit, or two as SOFT:HARD
            --rlimit nofile=x c        | --rlimit nofile=x: "x" is neither a number nor unlimited
            --rlimit nofile=-1 c       | --rlimit nofile=-1: "-1" is neither a number nor unlimited
            --rlimit nofile=1: c       | --rlimit nofile=1:: "" is neither a number nor unlimited
            --rlimit nofile=2:1 c      | --rlimit nofile=2:1: rlimit nofile: the soft limit 2 is above the hard limit 1
            --cap-drop net_rwa c       | --cap-drop net_rwa: expected a capability such as net_raw, or all
            --umask 8 c                | --umask 8: expected an octal number from 0 to 777
            --umask 1000 c             | --umask 1000: expected an octal number from 0 to 777
            --oom-score-adj 1001 c     | --oom-score-adj 1001: expected a number from -1000 to 1000
            --nice 20 c                | --nice 20: expected a number from -20 to 19
            --env =1 c                 | --env: "=1" is no NAME=VALUE
            --env-file /none/such c    | --env-file /none/such: there is no such file
            --log-format xml c         | --log-format xml: expected text or json
            --log-level loud c         | --log-level loud: expected error, warn, info, debug or trace
            -s --no-subreaper c        | --subreaper and --no-subreaper contradict each other
            --wait-all --no-subreaper c   | --wait-all and --no-subreaper contradict each other
            --kill-rest --no-subreaper c  | --kill-rest and --no-subreaper contradict each other
            --exec -g c                | --exec leaves nobody behind to do what --group asks for
            --exec --pid-file x c      | --exec leaves nobody behind to do what --pid-file asks for
            --exec --restart always c  | --exec leaves nobody behind to do what --restart asks for
            --max-restarts 3 c         | --max-restarts needs --restart on-failure or --restart always
            --backoff 1s..2s c         | --backoff needs --restart on-failure or --restart always
            --restart no --max-restarts 3 c | --max-restarts needs --restart on-failure or --restart always
            --stop-tmieout 3s c        | unknown option --stop-tmieout; did you mean --stop-timeout?
            --user                     | --user needs a value: --user USER[:GROUP]
            --cwd / --cwd /tmp c       | --cwd is given twice
            """)
    void badInputIsOneSentence(String line, String sentence) {
        assertThatThrownBy(() -> options(line)).isInstanceOf(UsageError.class).hasMessage(sentence);
    }

    @Test
    void badResourceNamesTheGoodOnes() {
        assertThatThrownBy(() -> options("--rlimit nofiles=1 cmd"))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--rlimit nofiles=1: expected one of cpu, fsize, data,");
    }

    @Test
    void backoffThatShrinksIsRefused() {
        assertThatThrownBy(() -> options("--restart always --backoff 2s..1s cmd"))
                .isInstanceOf(UsageError.class)
                .hasMessageStartingWith("--backoff 2s..1s: ");
    }

    @Test
    void badLineOfAFileIsNamedByItsNumber() throws IOException {
        Path file = folder.resolve("env");
        Files.writeString(file, "A=1\n\ntwo words=3\n");
        assertThatThrownBy(() -> options("--env-file " + file + " cmd"))
                .isInstanceOf(UsageError.class)
                .hasMessage(file + ":3: \"two words=3\" is no NAME=VALUE");
    }

    @Test
    void folderIsNoEnvironmentFile() {
        assertThatThrownBy(() -> options("--env-file " + folder + " cmd"))
                .isInstanceOf(UsageError.class)
                .hasMessage("--env-file " + folder + ": read(" + folder + "): EISDIR (Is a directory)");
    }
}
