package dev.gatun.it;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that comes out of a stream, read on a thread of its own. */
public final class Transcript {

    private final String name;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean ended;

    private Transcript(String name) {
        this.name = name;
    }

    public static Transcript of(String name, InputStream stream) {
        Transcript transcript = new Transcript(name);
        Thread.ofPlatform().daemon().name("reader of " + name).start(() -> transcript.readAll(stream));
        return transcript;
    }

    private void readAll(InputStream stream) {
        byte[] buffer = new byte[8192];
        try {
            for (int count = stream.read(buffer); count >= 0; count = stream.read(buffer)) {
                add(buffer, count);
            }
        } catch (IOException closed) {
            // As good an end as any other.
        }
        end();
    }

    private synchronized void add(byte[] buffer, int count) {
        bytes.write(buffer, 0, count);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    public synchronized byte[] bytes() {
        return bytes.toByteArray();
    }

    public String text() {
        return new String(bytes(), StandardCharsets.UTF_8);
    }

    /** Where the next text will be; what stands before it is not looked at by {@link #await(String, int)}. */
    public synchronized int position() {
        return text().length();
    }

    public List<String> lines() {
        return text().lines().toList();
    }

    /** The lines that match a regular expression as a whole. */
    public List<String> lines(String regex) {
        return lines().stream().filter(line -> line.matches(regex)).toList();
    }

    /** What the first group of a regular expression holds, for each of its finds. */
    public List<String> all(String regex) {
        List<String> found = new ArrayList<>();
        Matcher matcher = Pattern.compile(regex, Pattern.MULTILINE).matcher(text());
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    public MatchResult await(String regex) {
        return await(regex, 0);
    }

    /** Waits until a regular expression is found behind a position; {@code ^} and {@code $} are for lines. */
    public synchronized MatchResult await(String regex, int from) {
        Pattern pattern = Pattern.compile(regex, Pattern.MULTILINE);
        long end = System.nanoTime() + Await.DEADLINE.toNanos();
        while (true) {
            Matcher matcher = pattern.matcher(text());
            if (matcher.find(from)) {
                return matcher.toMatchResult();
            }
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (ended || leftMillis <= 0) {
                throw new AssertionError(name + (ended ? " ended" : " came to a halt") + " without /" + regex + "/"
                        + (from > 0 ? " behind " + from : "") + ":\n" + text());
            }
            pause(leftMillis);
        }
    }

    /** Waits until everything has been read. */
    public synchronized void awaitEnd() {
        long end = System.nanoTime() + Await.DEADLINE.toNanos();
        while (!ended) {
            long leftMillis = (end - System.nanoTime()) / 1_000_000;
            if (leftMillis <= 0) {
                throw new AssertionError(name + " does not end: somebody still holds it open");
            }
            pause(leftMillis);
        }
    }

    private void pause(long millis) {
        try {
            wait(millis);
        } catch (InterruptedException interrupted) {
            throw new AssertionError("interrupted", interrupted);
        }
    }
}
