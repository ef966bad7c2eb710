package dev.gatun.probe;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.StreamSocket;
import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.loop.Watch;
import java.time.Duration;

/** An attempt that begins with a TCP connection. */
abstract class SocketAttempt implements Attempt {

    private final EventLoop loop;
    private final InternetAddress address;

    /** Null once it has been given, or is of no interest any more. */
    private Check.Answer answer;

    private StreamSocket socket;
    private Watch watch;
    private Timer timer;

    SocketAttempt(EventLoop loop, InternetAddress address, Check.Answer answer) {
        this.loop = loop;
        this.address = address;
        this.answer = answer;
    }

    /** What is tried, for reasons: {@code connect 127.0.0.1:8080}. */
    abstract String what();

    /** The connection is there, and can be written to. */
    abstract void onConnected();

    final void begin(Libc libc, Duration timeout) {
        timer = loop.schedule(timeout, () -> onTimeout(timeout));
        try {
            socket = StreamSocket.connect(libc, address);
            watch(Epoll.WRITABLE, this::onConnectEnded);
        } catch (LinuxException refused) {
            end();
            // The caller does not have the attempt yet, so that the answer has to wait.
            String reason = refused.call() + " " + address + ": " + Errno.describe(refused.errno());
            timer = loop.schedule(Duration.ZERO, () -> fail(reason));
        }
    }

    private void onTimeout(Duration timeout) {
        fail(what() + ": no answer within " + CheckResult.words(timeout));
    }

    private void onConnectEnded() {
        int errno = socket.error();
        if (errno == 0 && !socket.isAt(address)) {
            onConnected();
        } else {
            fail("connect " + address + ": "
                    + (errno == 0 ? "nobody listens, and the kernel connected us to ourselves"
                            : Errno.describe(errno)));
        }
    }

    final StreamSocket socket() {
        return socket;
    }

    /** Waits for something else from now on. */
    final void watch(int interest, Runnable onReady) {
        if (watch != null) {
            watch.cancel();
        }
        watch = loop.watch(socket, interest, readiness -> onReady.run());
    }

    final void fail(String reason) {
        end();
        answer(CheckResult.failed(reason));
    }

    /** Answers, and leaves the connection as it is; a second answer is none. */
    final void answer(CheckResult result) {
        if (answer != null) {
            Check.Answer caller = answer;
            answer = null;
            caller.onResult(result);
        }
    }

    final boolean isAnswered() {
        return answer == null;
    }

    final void end() {
        timer.cancel();
        if (watch != null) {
            watch.cancel();
        }
        if (socket != null) {
            socket.close();
        }
    }

    @Override
    public final void cancel() {
        if (answer != null) {
            answer = null;
            end();
        }
    }
}
