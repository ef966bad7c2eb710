package dev.gatun.probe;

import static java.util.Objects.requireNonNull;

import dev.gatun.linux.InternetAddress;
import dev.gatun.linux.Libc;
import dev.gatun.loop.EventLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Whether a GET is answered with one of the right statuses. A redirect is an answer, and is not followed. The attempt is
 * over with the status; the rest is read and forgotten, for a server may take a client that leaves early for a broken
 * one and say so in its log.
 */
public final class HttpCheck implements Check {

    private final Libc libc;
    private final EventLoop loop;
    private final InternetAddress address;
    private final StatusRange accepted;
    private final String what;
    private final byte[] request;

    /**
     * A check of one resource.
     *
     * @param path with its query; begins with a slash, in ASCII without spaces
     * @throws IllegalArgumentException with one sentence where the path is no such
     */
    public HttpCheck(Libc libc, EventLoop loop, InternetAddress address, String path, StatusRange accepted) {
        this.libc = requireNonNull(libc);
        this.loop = requireNonNull(loop);
        this.address = requireNonNull(address);
        this.accepted = requireNonNull(accepted);
        this.what = "GET http://" + address + checked(path);
        this.request = ("GET " + path + " HTTP/1.1\r\nHost: " + address
                + "\r\nUser-Agent: gatun\r\nAccept: */*\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String checked(String path) {
        boolean sound = path.startsWith("/");
        for (int i = 0; i < path.length(); i++) {
            sound &= path.charAt(i) > ' ' && path.charAt(i) < 127;
        }
        if (!sound) {
            throw new IllegalArgumentException(
                    "the path of a check begins with / and is ASCII without spaces, \"" + path
                            + "\" is not");
        }
        return path;
    }

    @Override
    public Kind kind() {
        return Kind.HTTP;
    }

    @Override
    public Attempt begin(Duration timeout, Answer answer) {
        HttpAttempt attempt =
                new HttpAttempt(loop, address, what, request, accepted, requireNonNull(answer));
        attempt.begin(libc, timeout);
        return attempt;
    }
}
