package dev.gatun.probe;

import dev.gatun.linux.Epoll;
import dev.gatun.linux.Errno;
import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.NativeMemory;
import dev.gatun.loop.EventLoop;
import java.lang.foreign.Arena;

/** One GET: the request goes out, the status comes in, the rest is ignored until the server closes or the time is up. */
final class HttpAttempt extends SocketAttempt {

    /** Of interim answers and of the one that counts. */
    private static final int MAX_HEAD_BYTES = 8 * 1024;

    /** Of the rest, until we leave all the same. */
    private static final int MAX_IGNORED_BYTES = 64 * 1024;

    private final String what;
    private final StatusRange accepted;
    private final NativeMemory request;
    private final int requestBytes;
    private final NativeMemory buffer;
    private final byte[] head = new byte[MAX_HEAD_BYTES];
    private int sent;
    private int length;
    private int ignored;

    HttpAttempt(
            EventLoop loop, InternetAddress address, String what, byte[] request, StatusRange accepted,
            Check.Answer answer) {
        super(loop, address, answer);
        this.what = what;
        this.accepted = accepted;
        this.requestBytes = request.length;
        Arena arena = Arena.ofAuto();
        this.request = NativeMemory.allocate(arena, request.length);
        this.request.put(0, request, request.length);
        this.buffer = NativeMemory.allocate(arena, MAX_HEAD_BYTES);
    }

    @Override
    String what() {
        return what;
    }

    @Override
    void onConnected() {
        send();
    }

    private void send() {
        long count = socket().write(request.segment().asSlice(sent));
        if (isNotYet(count)) {
            return;
        }
        if (count < 0) {
            fail(count);
            return;
        }
        sent += (int) count;
        if (sent == requestBytes) {
            watch(Epoll.READABLE, this::receive);
        } else {
            watch(Epoll.WRITABLE, this::send);
        }
    }

    private static boolean isNotYet(long result) {
        return result == -Errno.EAGAIN || result == -Errno.EINTR;
    }

    private void fail(long result) {
        fail(what + ": " + Errno.describe((int) -result));
    }

    private void receive() {
        long count = socket().read(buffer.segment());
        if (isNotYet(count)) {
            return;
        }
        if (isAnswered()) {
            ignored += (int) count;
            if (count <= 0 || ignored > MAX_IGNORED_BYTES) {
                end();
            }
        } else if (count < 0) {
            fail(count);
        } else if (count == 0) {
            fail(what + ": closed without an answer");
        } else {
            take((int) count);
        }
    }

    private void take(int count) {
        int taken = Math.min(count, MAX_HEAD_BYTES - length);
        System.arraycopy(buffer.get(0, taken), 0, head, length, taken);
        length += taken;
        int status = HttpStatus.of(head, length);
        if (status == HttpStatus.NONE) {
            fail(what + ": not an answer by HTTP/1");
        } else if (status != HttpStatus.UNKNOWN) {
            answer(accepted.contains(status) ? CheckResult.succeeded() : CheckResult.failed(what + ": " + status));
        } else if (length == MAX_HEAD_BYTES) {
            fail(what + ": no status in " + MAX_HEAD_BYTES + " bytes");
        }
    }
}
