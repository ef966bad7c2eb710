package dev.gatun.cli;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.service.LaunchFailure;
import dev.gatun.service.LaunchRequest;
import dev.gatun.service.ServiceInit;
import dev.gatun.service.init.InitOutput;
import dev.gatun.service.init.InitVerbs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code gatun init start|stop|status|restart|console|check}. */
public final class InitCommand {

    static final Option STOP_TIMEOUT =
            Option.value("--stop-timeout", "TIME", "From the stop signal to KILL of what still runs (240s)");

    /** What the original waits; what stops a service from above should wait longer. */
    private static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(240);

    private static final int FAILED = 1;
    private static final int STATUS_UNKNOWN = 4;

    private final Libc libc;
    private final Console console;

    public InitCommand(Libc libc, Console console) {
        this.libc = libc;
        this.console = console;
    }

    /** The verb may stand before the options or behind them. */
    public int execute(List<CString> words) {
        List<CString> ordered = new ArrayList<>(words);
        if (!ordered.isEmpty() && !ordered.getFirst().toString().startsWith("-")) {
            ordered.add(ordered.removeFirst());
        }
        ParsedOptions parsed = Commands.INIT.parse(ordered);
        if (parsed.has(Commands.HELP)) {
            console.print(Help.of(Commands.INIT));
            return 0;
        }
        if (parsed.operands().isEmpty()) {
            throw new UsageError("init needs a verb: " + String.join(", ", Commands.INIT.words()));
        }
        String verb = parsed.operands().getFirst().toString();
        Duration stopTimeout = new OptionValues(parsed).duration(STOP_TIMEOUT).orElse(DEFAULT_STOP_TIMEOUT);
        LaunchRequest request = LaunchRequest.of("gatun").in(parsed.text(ServiceOptionTable.DIST_ROOT));
        try {
            ServiceInit init = new ServiceInit(libc, request, new Lines(console));
            return run(verb, init.verbs(System.getProperty("gatun.home", ""), stopTimeout));
        } catch (LaunchFailure failure) {
            console.complain("gatun: " + failure.getMessage() + "\n");
            return verb.equals("status") ? STATUS_UNKNOWN : FAILED;
        }
    }

    private static int run(String verb, InitVerbs verbs) {
        return switch (verb) {
            case "start" -> verbs.start();
            case "stop" -> verbs.stop();
            case "status" -> verbs.status();
            case "restart" -> verbs.restart();
            case "console" -> verbs.console();
            case "check" -> verbs.check();
            default -> throw new UsageError("no verb " + verb + "; there are "
                    + String.join(", ", Commands.INIT.words()));
        };
    }

    private record Lines(Console console) implements InitOutput {

        @Override
        public void out(String line) {
            console.print(line + "\n");
        }

        @Override
        public void err(String line) {
            console.complain(line + "\n");
        }
    }
}
