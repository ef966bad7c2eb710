package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.Libc;
import dev.gatun.loop.EventLoop;
import java.time.Duration;

/** Whether a connection comes about; it is closed at once. */
public final class TcpCheck implements Check {

    private final Libc libc;
    private final EventLoop loop;
    private final InternetAddress address;

    public TcpCheck(Libc libc, EventLoop loop, InternetAddress address) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.address = requireNonNull(address);
    }

    @Override
    public Kind kind() {
        return Kind.TCP;
    }

    @Override
    public Attempt begin(Duration timeout, Answer answer) {
        TcpAttempt attempt = new TcpAttempt(answer);
        attempt.begin(libc, timeout);
        return attempt;
    }

    private final class TcpAttempt extends SocketAttempt {

        TcpAttempt(Answer answer) {
            super(loop, address, requireNonNull(answer));
        }

        @Override
        String what() {
            return "connect " + address;
        }

        @Override
        void onConnected() {
            end();
            answer(CheckResult.succeeded());
        }
    }
}
