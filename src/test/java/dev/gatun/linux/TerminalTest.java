package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(NoFdLeak.class)
class TerminalTest {

    @Test
    void whatIsNoTerminalHasNoForeground() {
        try (Pipe pipe = Pipe.open(LIBC)) {
            Terminal terminal = new Terminal(LIBC, pipe.readEnd());
            assertThat(terminal.foregroundGroup()).isEmpty();
            assertThat(terminal.setForegroundGroup((int) LIBC.getpid())).isFalse();
        }
    }

    @Test
    void aTerminalOfAnotherSessionHasNoneForUs() {
        try (Pty pty = Pty.open()) {
            Terminal terminal = new Terminal(LIBC, pty.slave());
            assertThat(terminal.foregroundGroup()).isEmpty();
            assertThat(terminal.setForegroundGroup((int) LIBC.getpgid(0))).isFalse();
        }
    }

    @Test
    void theMasterShowsWhoIsInFront() {
        try (Pty pty = Pty.open();
                RealChild child = RealChild.cat(tape -> tape
                        .newSession()
                        .controllingTerminalIfFree(pty.slave())
                        .foreground(pty.slave()))) {
            assertThat(new Terminal(LIBC, pty.master()).foregroundGroup()).hasValue(child.pid());
        }
    }

    @Test
    void handsTheForegroundOverAndTakesItBack() {
        List<String> command = ProbeJvm.command(Probe.class);
        try (Pty pty = Pty.open();
                RealChild probe = RealChild.start(tape -> tape
                        .newSession()
                        .controllingTerminalIfFree(pty.slave())
                        .foreground(pty.slave())
                        .redirect(2, pty.slave()), command.toArray(new String[0]))) {
            Terminal master = new Terminal(LIBC, pty.master());
            String child = probe.line();
            assertThat(master.foregroundGroup()).hasValue(Integer.parseInt(child));
            probe.say("go on");
            assertThat(probe.line()).isEqualTo("taken back");
            assertThat(master.foregroundGroup()).hasValue(probe.pid());
            assertThat(probe.finish().status()).isEqualTo(new WaitStatus(0));
        }
    }

    /** A process whose terminal is its standard error: it puts a child into the foreground and later itself again. */
    static final class Probe {

        private Probe() {}

        public static void main(String[] arguments) throws Exception {
            Terminal terminal = new Terminal(LIBC, StandardStream.error(LIBC));
            int us = (int) LIBC.getpid();
            assertThat(terminal.foregroundGroup()).hasValue(us);
            SignalSet.of(Signal.TTOU).block(LIBC);
            try (RealChild child = RealChild.cat(SpawnTape.Builder::newProcessGroup)) {
                assertThat(terminal.setForegroundGroup(child.pid())).isTrue();
                assertThat(terminal.foregroundGroup()).hasValue(child.pid());
                System.out.println(child.pid());
                assertThat(System.in.read()).isEqualTo('g');
                assertThat(terminal.setForegroundGroup(1 << 30)).as("no such group").isFalse();
                assertThat(terminal.setForegroundGroup(us)).isTrue();
                assertThat(terminal.foregroundGroup()).hasValue(us);
                System.out.println("taken back");
            }
        }
    }
}
