package dev.gatun.run;

import dev.gatun.linux.Libc;
import dev.gatun.linux.Signal;
import dev.gatun.linux.SignalFd;
import dev.gatun.linux.Terminal;
import dev.gatun.process.ProcessSetup;

/**
 * The terminal goes to the child's session: we give it up, and the child takes it as its controlling terminal, so that a
 * shell there has all of job control. When a session's leader gives up the terminal the kernel tells the foreground group
 * by HUP and CONT (ioctl_tty(2)); those are about us, and would end the child.
 */
final class HandOver implements TerminalUse {

    private final Libc libc;
    private final Terminal terminal;
    private final Narrator narrator;
    private boolean expectsHangUp;
    private boolean expectsContinuation;

    HandOver(Libc libc, Terminal terminal, Narrator narrator) {
        this.libc = libc;
        this.terminal = terminal;
        this.narrator = narrator;
    }

    @Override
    public void prepare(ProcessSetup setup) {
        int errno = terminal.release();
        boolean ledSession = errno == 0 && libc.getsid(0) == libc.getpid();
        narrator.terminalReleased(errno, ledSession);
        expectsHangUp = ledSession;
        expectsContinuation = ledSession;
        setup.controllingTerminal(terminal.fd());
    }

    @Override
    public boolean absorbs(SignalFd.Received signal) {
        if (expectsHangUp && signal.signal() == Signal.HUP.number()) {
            expectsHangUp = false;
            return true;
        }
        if (expectsContinuation && signal.signal() == Signal.CONT.number()) {
            expectsContinuation = false;
            return true;
        }
        return false;
    }
}
