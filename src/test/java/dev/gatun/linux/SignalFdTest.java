package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import dev.gatun.linux.SignalFd.Received;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Signals sent to a process go to any thread that has them not blocked, and this JVM's threads have none blocked. So
 * most of these tests send to the one thread that has (tgkill(2)); the last runs in a process of its own.
 */
@ExtendWith(NoFdLeak.class)
class SignalFdTest {

    /** {@code SI_TKILL} of sigaction(2). */
    private static final int SENT_TO_THREAD = -6;

    private static final Signal REAL_TIME = new Signal(40);
    private static final SignalSet SOME = SignalSet.of(Signal.USR1, Signal.WINCH, REAL_TIME);

    private interface Body {
        void run(SignalFd signals) throws Exception;
    }

    private static void withSignals(Body body) throws Exception {
        OwnThread.run(() -> {
            SOME.block(LIBC);
            try (SignalFd signals = SignalFd.open(LIBC, SOME)) {
                body.run(signals);
            }
        });
    }

    private static void sendToThisThread(Signal signal) {
        long thread = Raw.syscall(Linux.SYS_gettid());
        assertThat(Raw.syscall(Linux.SYS_tgkill(), LIBC.getpid(), thread, signal.number())).isZero();
    }

    private static Received fromUs(Signal signal) {
        return new Received(signal.number(), SENT_TO_THREAD, (int) LIBC.getpid(), (int) LIBC.getuid());
    }

    @Test
    void nothingSentIsNothingReceived() throws Exception {
        withSignals(signals -> {
            assertThat(signals.receive()).isEmpty();
            assertThat(Kernel.isReadable(signals)).isFalse();
        });
    }

    @Test
    void tellsSignalAndSender() throws Exception {
        withSignals(signals -> {
            sendToThisThread(Signal.USR1);
            assertThat(Kernel.isReadable(signals)).isTrue();
            assertThat(signals.receive()).containsExactly(fromUs(Signal.USR1));
            assertThat(signals.receive()).isEmpty();
        });
    }

    @Test
    void theLowestNumberComesFirst() throws Exception {
        withSignals(signals -> {
            sendToThisThread(REAL_TIME);
            sendToThisThread(Signal.WINCH);
            sendToThisThread(Signal.USR1);
            assertThat(signals.receive())
                    .containsExactly(fromUs(Signal.USR1), fromUs(Signal.WINCH), fromUs(REAL_TIME));
        });
    }

    @Test
    void standardSignalsAreOneAndRealTimeSignalsQueue() throws Exception {
        withSignals(signals -> {
            for (int i = 0; i < 3; i++) {
                sendToThisThread(Signal.USR1);
                sendToThisThread(REAL_TIME);
            }
            assertThat(signals.receive())
                    .containsExactly(fromUs(Signal.USR1), fromUs(REAL_TIME), fromUs(REAL_TIME), fromUs(REAL_TIME));
        });
    }

    @Test
    void moreThanSixteenComeWithTheNextCall() throws Exception {
        withSignals(signals -> {
            for (int i = 0; i < 17; i++) {
                sendToThisThread(REAL_TIME);
            }
            assertThat(signals.receive()).hasSize(16).containsOnly(fromUs(REAL_TIME));
            assertThat(signals.receive()).containsExactly(fromUs(REAL_TIME));
            assertThat(signals.receive()).isEmpty();
        });
    }

    @Test
    void otherSignalsAreNotTaken() throws Exception {
        withSignals(signals -> {
            try (SignalFd others = SignalFd.open(LIBC, SignalSet.of(Signal.WINCH))) {
                sendToThisThread(Signal.USR1);
                assertThat(others.receive()).isEmpty();
                assertThat(signals.receive()).hasSize(1);
            }
        });
    }

    @Test
    void failuresAreTold() {
        Libc full = Kernel.with("signalfd", arguments -> (long) -Errno.EMFILE);
        assertThatThrownBy(() -> SignalFd.open(full, SignalSet.of(Signal.TERM)))
                .hasMessage("signalfd(SIGTERM): EMFILE (Too many open files)");
        Libc broken = Kernel.with("read", arguments -> (long) -Errno.EINVAL);
        try (SignalFd signals = SignalFd.open(broken, SOME)) {
            assertThatThrownBy(signals::receive).hasMessageStartingWith("read(SignalFd(")
                    .hasMessageContaining("EINVAL");
        }
        Libc interrupted = Kernel.with("read", arguments -> (long) -Errno.EINTR);
        try (SignalFd signals = SignalFd.open(interrupted, SOME)) {
            assertThat(signals.receive()).isEmpty();
        }
    }

    /** In a process where the signals are blocked from the start, in every thread, as the launcher itself is run. */
    @Test
    void receivesWhatAnotherProcessSendsToTheProcess() throws Exception {
        List<String> command = new ArrayList<>(List.of("env", "--block-signal=TERM,USR1"));
        command.addAll(ProbeJvm.command(Probe.class, "-Xrs"));
        CCompiler.Result result = CCompiler.run(Path.of("."), command.toArray(new String[0]));
        assertThat(result.errors()).isEmpty();
        String[] lines = result.output().split("\n");
        String sender = lines[0];
        long uid = LIBC.getuid();
        assertThat(lines).containsExactly(sender, "SIGUSR1 0 " + sender + " " + uid, "SIGTERM 0 " + sender + " " + uid);
    }

    /** The process of the test above: another process sends it signals before it looks for any. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] arguments) {
            assertThat(new File("/proc/self/task").list()).hasSizeGreaterThan(5);
            try (SignalFd signals = SignalFd.open(LIBC, SignalSet.of(Signal.TERM, Signal.USR1));
                    RealChild sender = RealChild.shell(
                            RealChild.NOTHING, "kill -USR1 $PPID; kill -USR1 $PPID; kill -TERM $PPID")) {
                assertThat(sender.finish().status().exitCode()).isZero();
                System.out.println(sender.pid());
                for (Received received : signals.receive()) {
                    System.out.println(
                            Signal.name(received.signal()) + " " + received.code() + " " + received.senderPid() + " "
                                    + received.senderUid());
                }
            }
        }
    }
}
