package dev.gatun.probe;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What one message of sd_notify(3) says: assignments, one a line. Those that mean nothing here are skipped, as the
 * protocol wants it, since it grows.
 *
 * @param notifications in the order of the message
 * @param problems in words, as the end of a sentence about the message
 */
record NotifyMessage(List<Notification> notifications, List<String> problems) {

    /** Longer times mean "for ever", and would run over where they are added to another. */
    private static final long MAX_MICROS = Duration.ofDays(36_500).toNanos() / 1_000;

    NotifyMessage {
        notifications = List.copyOf(notifications);
        problems = List.copyOf(problems);
    }

    static NotifyMessage parse(byte[] payload) {
        Optional<String> text = decode(payload);
        if (text.isEmpty()) {
            return new NotifyMessage(List.of(), List.of("it is not UTF-8"));
        }
        if (text.get().indexOf('\0') >= 0) {
            return new NotifyMessage(List.of(), List.of("it contains a NUL"));
        }
        Reader reader = new Reader();
        int at = 0;
        while (at < text.get().length()) {
            int end = text.get().indexOf('\n', at);
            int lineEnd = end < 0 ? text.get().length() : end;
            reader.line(text.get().substring(at, lineEnd));
            at = lineEnd + 1;
        }
        return new NotifyMessage(reader.notifications, reader.problems);
    }

    private static Optional<String> decode(byte[] payload) {
        try {
            return Optional.of(StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString());
        } catch (CharacterCodingException malformed) {
            return Optional.empty();
        }
    }

    private static final class Reader {

        private final List<Notification> notifications = new ArrayList<>();
        private final List<String> problems = new ArrayList<>();

        void line(String line) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                assignment(line, line.substring(0, equals), line.substring(equals + 1));
            }
        }

        private void assignment(String line, String name, String value) {
            switch (name) {
                case "READY" -> flag(value, new Notification.Ready());
                case "RELOADING" -> flag(value, new Notification.Reloading());
                case "STOPPING" -> flag(value, new Notification.Stopping());
                case "STATUS" -> notifications.add(new Notification.Status(value));
                case "BUSERROR" -> notifications.add(new Notification.BusError(value));
                case "WATCHDOG" -> {
                    flag(value, new Notification.Watchdog());
                    if (value.equals("trigger")) {
                        notifications.add(new Notification.WatchdogTrigger());
                    }
                }
                case "ERRNO" -> {
                    long number = number(line, value, "a number");
                    if (number >= 0) {
                        notifications.add(new Notification.ErrorNumber((int) Math.min(number, Integer.MAX_VALUE)));
                    }
                }
                case "MAINPID" -> {
                    long number = number(line, value, "a pid");
                    if (number >= 0) {
                        notifications.add(new Notification.MainPid((int) Math.min(number, Integer.MAX_VALUE)));
                    }
                }
                case "WATCHDOG_USEC" -> {
                    long micros = number(line, value, "a number of microseconds");
                    if (micros >= 0) {
                        notifications.add(new Notification.WatchdogInterval(duration(micros)));
                    }
                }
                case "EXTEND_TIMEOUT_USEC" -> {
                    long micros = number(line, value, "a number of microseconds");
                    if (micros >= 0) {
                        notifications.add(new Notification.ExtendTimeout(duration(micros)));
                    }
                }
                default -> {}
            }
        }

        private void flag(String value, Notification notification) {
            if (value.equals("1")) {
                notifications.add(notification);
            }
        }

        private static Duration duration(long micros) {
            return Duration.of(Math.min(micros, MAX_MICROS), ChronoUnit.MICROS);
        }

        /** The number, {@code Long.MAX_VALUE} for all that are larger; -1 and a problem where it is none. */
        private long number(String line, String value, String expected) {
            long number = 0;
            boolean sound = !value.isEmpty();
            for (int i = 0; i < value.length() && sound; i++) {
                char c = value.charAt(i);
                sound = c >= '0' && c <= '9';
                number = number > (Long.MAX_VALUE - 9) / 10 ? Long.MAX_VALUE : 10 * number + c - '0';
            }
            if (!sound) {
                problems.add(line + " is not " + expected);
            }
            return sound ? number : -1;
        }
    }
}
