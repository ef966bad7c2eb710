package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class PidFdTest {

    @Test
    void isReadableOnceTheProcessHasEnded() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING);
                PidFd pidfd = PidFd.open(LIBC, child.pid()).orElseThrow()) {
            assertThat(Kernel.isReadable(pidfd)).isFalse();
            assertThat(pidfd.send(Signal.TERM.number())).isTrue();
            Kernel.awaitReadable(pidfd);
            assertThat(child.collect().status().signal()).isEqualTo(Signal.TERM.number());
        }
    }

    @Test
    void aStoppedProcessHasNotEnded() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            child.send(Signal.STOP);
            Kernel.await("stop", () -> child.status("State").startsWith("T"));
            assertThat(Kernel.isReadable(child.pidfd())).isFalse();
        }
    }

    @Test
    void thereIsNoneOfAProcessThatIsNotThere() {
        assertThat(PidFd.open(LIBC, 1 << 30)).isEmpty();
        RealChild child = RealChild.cat(RealChild.NOTHING);
        child.close();
        assertThat(PidFd.open(LIBC, child.pid())).isEmpty();
    }

    @Test
    void refusesWhatIsNoPid() {
        assertThatThrownBy(() -> PidFd.open(LIBC, -1)).hasMessage("pidfd_open(-1): EINVAL (Invalid argument)");
    }

    /** A zombie takes signals without effect; only when it has been waited for is there nobody. */
    @Test
    void tellsWhetherTheProcessWasStillThere() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            child.send(Signal.KILL);
            child.awaitEnd();
            assertThat(child.pidfd().send(Signal.TERM.number())).as("a zombie").isTrue();
            child.collect();
            assertThat(child.pidfd().send(Signal.TERM.number())).as("collected").isFalse();
            assertThat(child.pidfd().send(0)).as("collected").isFalse();
        }
    }

    @Test
    void asksWithoutSending() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThat(child.pidfd().send(0)).isTrue();
            child.echo();
        }
    }

    @Test
    void refusalNamesTheSignal() {
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            assertThatThrownBy(() -> child.pidfd().send(65))
                    .hasMessage("pidfd_send_signal(signal 65): EINVAL (Invalid argument)");
        }
    }

    @Test
    void mayNotSignalAStrangersProcess() throws Exception {
        Kernel.assumeRoot("become somebody else");
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            AsNobody.run(() -> assertThatThrownBy(() -> child.pidfd().send(Signal.TERM.number()))
                    .hasMessage("pidfd_send_signal(SIGTERM): EPERM (Operation not permitted)"));
            child.echo();
        }
    }
}
