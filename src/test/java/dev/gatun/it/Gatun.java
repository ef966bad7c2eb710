package dev.gatun.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A run of the packaged Gatun, described first and started then. */
public final class Gatun {

    public static final Path HOME =
            Path.of(Objects.requireNonNull(System.getProperty("gatun.home"),
                    "system property gatun.home: run by failsafe"));

    private static final AtomicInteger RUNS = new AtomicInteger();

    /**
     * Makes the state of our own caller irrelevant: out of its session, so that no terminal comes into play, and without
     * the signals that it may ignore. Both keep the pid.
     */
    private static final List<String> NEUTRAL = List.of("setsid", "env", "--default-signal");

    private Path home = HOME;
    private Optional<Path> program = Optional.empty();
    private Optional<Path> directory = Optional.empty();
    private List<String> start = List.of();
    private final List<String> wrapper = new ArrayList<>();
    private final List<String> arguments;
    private List<String> command = List.of();
    private final Map<String, String> environment = new TreeMap<>();
    private final List<String> unset = new ArrayList<>();
    private boolean readsErrors = true;
    private boolean leavesSome;
    private boolean forks;

    private Gatun(List<String> arguments) {
        this.arguments = arguments;
    }

    /** {@code gatun ARGUMENTS}. */
    public static Gatun of(String... arguments) {
        return new Gatun(List.of(arguments));
    }

    /** {@code gatun run OPTIONS}. */
    public static Gatun run(String... options) {
        List<String> arguments = new ArrayList<>(List.of("run"));
        arguments.addAll(List.of(options));
        return new Gatun(arguments);
    }

    /** By a link of another name and place. */
    public Gatun calledAs(Path link) {
        program = Optional.of(link);
        return this;
    }

    /** {@code -- COMMAND}. */
    public Gatun command(String... words) {
        command = List.of(words);
        return this;
    }

    public Gatun shell(String script, String... arguments) {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(List.of(arguments));
        return command(words.toArray(String[]::new));
    }

    /** These words start it, options and command included. */
    public Gatun startedBy(List<String> words) {
        start = words;
        return this;
    }

    /** A command that becomes Gatun. */
    public Gatun within(String... words) {
        wrapper.addAll(List.of(words));
        return this;
    }

    /** In a working directory of its own. */
    public Gatun in(Path folder) {
        directory = Optional.of(folder);
        return this;
    }

    /** As PID 1 of a PID namespace of its own. */
    public Gatun asPid1() {
        forks = true;
        return within("unshare", "--pid", "--fork", "--kill-child", "--mount-proc");
    }

    /** As a user without any right. */
    public Gatun asNobody() {
        home = PublicHome.FOLDER;
        return within(PublicHome.AS_NOBODY);
    }

    public Gatun with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    /** A variable of our own environment that Gatun does not get. */
    public Gatun without(String name) {
        unset.add(name);
        return this;
    }

    /** Nobody reads standard error until {@link RunningGatun#readErrors}. */
    public Gatun withoutReaderOfErrors() {
        readsErrors = false;
        return this;
    }

    /** Processes may outlive the run; the test looks after them itself. */
    public Gatun leavesSome() {
        leavesSome = true;
        return this;
    }

    /** {@code bin/gatun ARGUMENTS -- COMMAND}. */
    public List<String> words() {
        List<String> words = new ArrayList<>(List.of(program.orElse(home.resolve("bin/gatun")).toString()));
        words.addAll(arguments);
        if (!command.isEmpty()) {
            words.add("--");
            words.addAll(command);
        }
        return words;
    }

    public RunningGatun start() {
        List<String> words = new ArrayList<>(NEUTRAL);
        words.addAll(wrapper);
        words.addAll(start.isEmpty() ? words() : start);
        String mark = Kernel.ownPid() + "-" + RUNS.incrementAndGet();
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().remove("GATUN_JAVA_OPTS");
        builder.environment().keySet().removeAll(unset);
        builder.environment().put("GATUN_IT", mark);
        builder.environment().putAll(environment);
        builder.redirectInput(Redirect.PIPE);
        directory.ifPresent(folder -> builder.directory(folder.toFile()));
        try {
            return new RunningGatun(builder.start(), "GATUN_IT=" + mark, forks, readsErrors, leavesSome);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** From start to end, with nothing to read for the child. */
    public Ended finish() {
        try (RunningGatun gatun = start()) {
            gatun.closeInput();
            return gatun.await();
        }
    }

    /**
     * What is left of a run.
     *
     * @param code the exit code, 128 and the signal where there is none
     * @param bytes standard output
     */
    public record Ended(int code, byte[] bytes, String err) {

        public String out() {
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
