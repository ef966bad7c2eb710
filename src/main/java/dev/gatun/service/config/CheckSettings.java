package dev.gatun.service.config;

import dev.gatun.config.NullItems;
import dev.gatun.config.Range;
import dev.gatun.config.Section;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How the service is asked whether it can work.
 *
 * @param kind what is asked; exactly one
 * @param startup how long failures do not count after a start
 * @param watchdog how long a service that speaks for itself may be silent; zero is for ever
 */
public record CheckSettings(
        Kind kind,
        Duration initialDelay,
        Duration interval,
        Duration timeout,
        int successThreshold,
        int failureThreshold,
        Duration startup,
        Duration watchdog) {

    /** What is asked. */
    public sealed interface Kind {

        /** By which to switch on the way to a start: the first switch over the types themselves takes 4 ms. */
        Way way();
    }

    /** How it is asked. */
    public enum Way {
        HTTP,
        TCP,
        EXEC,
        NOTIFY
    }

    /** An HTTP GET that is answered with a status of 200 to 399. */
    public record Http(String host, int port, String path) implements Kind {

        @Override
        public Way way() {
            return Way.HTTP;
        }
    }

    /** A TCP connection that is accepted. */
    public record Tcp(String host, int port) implements Kind {

        @Override
        public Way way() {
            return Way.TCP;
        }
    }

    /** A command that exits with 0. */
    public record Exec(List<String> command) implements Kind {

        @Override
        public Way way() {
            return Way.EXEC;
        }
    }

    /** The service says so itself, by sd_notify(3). */
    public record Notify() implements Kind {

        @Override
        public Way way() {
            return Way.NOTIFY;
        }
    }

    private static final String HOST = "Address of the service: a literal or localhost";

    static CheckSettings read(Section section) {
        Optional<Kind> http = section.optionalSection("http", "An HTTP GET, answered with a status of 200 to 399",
                one -> new Http(
                        host(one), port(one), one.text("path", "/", "Path of the request")));
        Optional<Kind> tcp = section.optionalSection("tcp", "A TCP connection that is accepted",
                one -> new Tcp(host(one), port(one)));
        List<String> command = section.texts("exec", NullItems.DROP, "A command that exits with 0, as a list of words");
        Optional<Kind> exec = command.isEmpty() ? Optional.empty() : Optional.of(new Exec(command));
        Optional<Kind> notify = section.flag("notify", false, "The service says so itself, by sd_notify")
                ? Optional.of(new Notify())
                : Optional.empty();
        return new CheckSettings(
                only(section, List.of(http, tcp, exec, notify)),
                section.seconds("initialDelaySeconds", Duration.ZERO, Range.atLeast(0),
                        "Time from a start to the first attempt"),
                section.seconds("intervalSeconds", Duration.ofSeconds(5), Range.positive(),
                        "Time from one attempt to the next"),
                section.seconds("timeoutSeconds", Duration.ofSeconds(1), Range.positive(),
                        "Time within which an attempt has to succeed"),
                section.integer("successThreshold", 1, Range.atLeast(1),
                        "Successes in a row that make the service ready"),
                section.integer("failureThreshold", 3, Range.atLeast(1),
                        "Failures in a row that make it not ready"),
                section.seconds("startupSeconds", Duration.ZERO, Range.atLeast(0),
                        "Time after a start in which failures do not count"),
                section.seconds("watchdogSeconds", Duration.ZERO, Range.atLeast(0),
                        "With notify: the service is restarted or ended when it has not said WATCHDOG=1 for so long; 0 is never"));
    }

    private static Kind only(Section section, List<Optional<Kind>> kinds) {
        Optional<Kind> only = Optional.empty();
        int count = 0;
        for (Optional<Kind> kind : kinds) {
            if (kind.isPresent()) {
                only = kind;
                count++;
            }
        }
        if (count != 1) {
            section.error("", count == 0 ? "no kind of check" : count + " kinds of check",
                    "exactly one of http, tcp, exec and notify");
        }
        return only.orElse(new Notify());
    }

    private static String host(Section section) {
        return section.text("host", "127.0.0.1", HOST);
    }

    private static int port(Section section) {
        section.require("port");
        return section.integer("port", 8080, Range.port(), "Port of the service");
    }
}
