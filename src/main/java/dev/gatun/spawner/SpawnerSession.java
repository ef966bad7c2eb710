package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.process.KnownProc;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.Launched;
import dev.gatun.process.LauncherException;
import dev.gatun.process.LauncherException.Operation;
import dev.gatun.process.ProcId;
import dev.gatun.spawner.Requests.Answer;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.MalformedMessageException;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Request;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerCapabilities;
import dev.gatun.spawner.message.SpawnerCodec;
import dev.gatun.spawner.message.SpawnerMessage;
import dev.gatun.spawner.message.WireOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * All that is known of a spawner and its processes. Turns lines into events for {@link LinkRules} and {@link ProcRules},
 * and carries out what they say. For the loop's thread.
 */
final class SpawnerSession implements Transport.Listener, ProcEntry.Session {

    /** Whose exit a second one may follow; older ones count as unknown. */
    private static final int REMEMBERED_EXITS = 256;

    /** Hears of the connection. */
    interface Observer {
        void opened(SpawnerCapabilities capabilities);

        void unavailable(String reason);
    }

    private final EventLoop loop;
    private final Transport transport;
    private final Deadlines deadlines;
    private final Observer observer;
    private final Faults faults;
    private final Consumer<String> log;
    private final SpawnerCodec codec = new SpawnerCodec();
    private final LinkRules linkRules;
    private final ProcRules procRules;
    private final Requests requests;
    private final Map<ProcKey, ProcEntry> entries = new LinkedHashMap<>();
    private final Set<ProcKey> over = new LinkedHashSet<>();

    /** The launch of each name that has not ended. */
    private final Map<String, ProcEntry> byName = new HashMap<>();

    private LinkState link = new LinkState.Down("not connected yet");
    private Optional<SpawnerCapabilities> capabilities = Optional.empty();
    private Timer pingTimer;
    private long lastGeneration;
    private boolean isClosing;

    /**
     * A session without a connection.
     *
     * @param firstGeneration one above all that an earlier life of ours has used
     */
    SpawnerSession(
            EventLoop loop, Transport transport, Deadlines deadlines, Call.Hello hello, long firstGeneration,
            Observer observer, Faults faults, Consumer<String> log) {
        this.loop = requireNonNull(loop);
        this.transport = requireNonNull(transport);
        this.deadlines = requireNonNull(deadlines);
        this.observer = requireNonNull(observer);
        this.faults = requireNonNull(faults);
        this.log = requireNonNull(log);
        this.linkRules = new LinkRules(hello);
        this.procRules = new ProcRules(deadlines);
        this.requests = new Requests(loop);
        this.lastGeneration = firstGeneration - 1;
    }

    void open() {
        transport.open(this);
    }

    CompletableFuture<Launched> launch(ProcId id, LaunchOptions options) {
        Optional<String> objection = objection(id, options);
        if (objection.isPresent()) {
            return failed(Operation.LAUNCH, objection.get());
        }
        ProcKey key = new ProcKey(id.value(), ++lastGeneration);
        boolean captures = options.wantsOutput() && capturesOutput();
        ProcEntry entry = add(ProcState.asked(key), captures, options.diesWithLauncher());
        ask(entry, new Call.Launch(key.proc(), key.generation(), WireOptions.of(options)));
        return entry.launched();
    }

    private Optional<String> objection(ProcId id, LaunchOptions options) {
        if (isClosing) {
            return Optional.of("the launcher is closed");
        }
        if (byName.containsKey(id.value())) {
            return Optional.of("the process " + id + " has not ended");
        }
        if (!options.diesWithLauncher() && !transport.outlivesUs()) {
            return Optional.of("a spawner on stdio ends with its launcher, and its processes with it; "
                    + "a process that goes on needs the transport unix");
        }
        return switch (link) {
            case LinkState.Open open ->
                SpawnerFeatures.of(open.capabilities()).objection(SpawnerFeatures.KIND, options);
            case LinkState.Down down -> Optional.of("there is no connection to the spawner: " + down.reason());
            case LinkState.Greeting _ ->
                Optional.of("there is no connection to the spawner: hello is not answered yet");
        };
    }

    private boolean capturesOutput() {
        return capabilities.isPresent() && capabilities.get().stdio() == SpawnerCapabilities.Output.CAPTURED;
    }

    private ProcEntry add(ProcState state, boolean captures, boolean diesWithLauncher) {
        ProcEntry entry = new ProcEntry(loop, procRules, this, state, captures, diesWithLauncher);
        entries.put(state.key(), entry);
        byName.put(state.key().proc(), entry);
        return entry;
    }

    CompletableFuture<Launched> recover(ProcId id, String text) {
        ProcHandle handle;
        try {
            handle = ProcHandle.parse(text);
        } catch (LauncherException malformed) {
            return CompletableFuture.failedFuture(malformed);
        }
        if (isClosing || byName.containsKey(id.value())) {
            return failed(Operation.OTHER, isClosing ? "the launcher is closed" : "the process " + id + " is known");
        }
        if (!(link instanceof LinkState.Open open)) {
            return failed(Operation.OTHER, "there is no connection to the spawner");
        }
        if (!open.capabilities().recover()) {
            return failed(Operation.OTHER, "the spawner cannot find processes again");
        }
        lastGeneration = Math.max(lastGeneration, handle.generation());
        ProcKey key = new ProcKey(id.value(), handle.generation());
        ProcEntry entry = add(ProcState.recovering(key, handle.handle()), false, false);
        ask(entry, new Call.Recover(key.proc(), key.generation(), handle.handle()));
        return entry.launched();
    }

    CompletableFuture<Void> terminate(ProcId id, Duration timeout) {
        return stop(id, Operation.TERMINATE, new ProcEvent.TerminateAsked(timeout));
    }

    CompletableFuture<Void> kill(ProcId id) {
        return stop(id, Operation.KILL, new ProcEvent.KillAsked());
    }

    private CompletableFuture<Void> stop(ProcId id, Operation operation, ProcEvent event) {
        ProcEntry entry = byName.get(id.value());
        if (entry == null) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        entry.stopWaiters().add(operation, done, deadlines.acknowledgement());
        entry.on(event);
        return done;
    }

    CompletableFuture<List<KnownProc>> list() {
        if (!(link instanceof LinkState.Open open) || !open.capabilities().recover()) {
            return CompletableFuture.completedFuture(merged(List.of()));
        }
        CompletableFuture<List<KnownProc>> listed = new CompletableFuture<>();
        send(new Call.Processes(), deadlines.acknowledgement(), answer -> {
            switch (answer) {
                case Answer.Given given -> listed.complete(merged(((Result.Processes) given.result()).procs()));
                case Answer.Refused refused -> fail(listed, Operation.OTHER, "list: " + refused.detail());
                case Answer.Missing missing -> fail(listed, Operation.OTHER, "list: " + missing.detail());
                case Answer.Lost lost -> fail(listed, Operation.OTHER, "list: " + lost.detail());
            }
        });
        return listed;
    }

    /** Ours, and what the spawner knows besides: a name that cannot be one of ours cannot be recovered either. */
    private List<KnownProc> merged(Collection<Result.Listed> others) {
        List<KnownProc> all = new ArrayList<>();
        for (ProcEntry entry : byName.values()) {
            if (!entry.state().handle().isEmpty()) {
                String handle = new ProcHandle(entry.key().generation(), entry.state().handle()).toString();
                all.add(new KnownProc(new ProcId(entry.key().proc()), handle, entry.pid()));
            }
        }
        Set<String> names = new LinkedHashSet<>(byName.keySet());
        for (Result.Listed other : others) {
            lastGeneration = Math.max(lastGeneration, other.generation());
            if (names.add(other.proc()) && isName(other.proc())) {
                String handle = new ProcHandle(other.generation(), other.handle()).toString();
                all.add(new KnownProc(new ProcId(other.proc()), handle, other.pid()));
            }
        }
        return List.copyOf(all);
    }

    private static boolean isName(String name) {
        try {
            return !new ProcId(name).value().isEmpty();
        } catch (IllegalArgumentException notOurs) {
            return false;
        }
    }

    /** @param closed what to run when all is over */
    void close(Runnable closed) {
        isClosing = true;
        if (link instanceof LinkState.Open) {
            stopThoseThatDieWithUs();
            Call.Mode mode = transport.outlivesUs() ? Call.Mode.DETACH : Call.Mode.STOP;
            send(new Call.Shutdown(mode), deadlines.shutdown(), answer -> {});
        }
        transport.close(() -> {
            stopPings();
            requests.lose("the launcher is closed");
            List.copyOf(entries.values()).forEach(entry -> entry.close("the launcher was closed"));
            closed.run();
        });
    }

    /** A spawner that ends with us ends them by itself. */
    private void stopThoseThatDieWithUs() {
        if (transport.outlivesUs()) {
            for (ProcEntry entry : List.copyOf(byName.values())) {
                if (entry.diesWithLauncher()) {
                    entry.on(new ProcEvent.KillAsked());
                }
            }
        }
    }

    private static <T> CompletableFuture<T> failed(Operation operation, String detail) {
        return CompletableFuture.failedFuture(new LauncherException(operation, detail));
    }

    private static void fail(CompletableFuture<?> future, Operation operation, String detail) {
        future.completeExceptionally(new LauncherException(operation, detail));
    }

    // What the connection tells.

    @Override
    public void connected() {
        on(new LinkEvent.Connected());
    }

    @Override
    public void disconnected(String reason) {
        on(new LinkEvent.Closed(reason));
    }

    @Override
    public void choked(String detail) {
        on(new LinkEvent.Choked(detail));
    }

    @Override
    public void oversizeLine() {
        faults.count(Fault.OVERSIZE_LINE, "");
        on(new LinkEvent.Junk());
    }

    @Override
    public void log(String line) {
        log.accept(line);
    }

    @Override
    public void line(byte[] line) {
        SpawnerMessage message;
        try {
            message = codec.decode(line, requests::method);
        } catch (MalformedMessageException malformed) {
            faults.count(Fault.JUNK_LINE, malformed.getMessage());
            on(new LinkEvent.Junk());
            return;
        }
        on(new LinkEvent.Message());
        switch (message) {
            case SpawnerMessage.Reply reply -> {
                if (!requests.answer(reply)) {
                    faults.count(Fault.UNASKED_REPLY, "");
                }
            }
            case SpawnerMessage.ErrorReply reply -> {
                if (!requests.answer(reply)) {
                    faults.count(reply.id().isEmpty() ? Fault.UNREADABLE_REQUEST : Fault.UNASKED_REPLY, "");
                }
            }
            case SpawnerMessage.UnknownEvent _ -> faults.count(Fault.UNKNOWN_EVENT, "");
            case SpawnerMessage.Event event -> event(event);
        }
    }

    private void event(SpawnerMessage.Event event) {
        ProcKey key = new ProcKey(event.proc(), event.generation());
        ProcEntry entry = entries.get(key);
        if (entry != null) {
            entry.on(new ProcEvent.Heard(event));
            return;
        }
        boolean isExit = event instanceof SpawnerMessage.Exit || event instanceof SpawnerMessage.MalformedExit;
        faults.count(isExit && over.contains(key) ? Fault.SECOND_EXIT : Fault.UNKNOWN_GENERATION, "");
    }

    private void on(LinkEvent event) {
        LinkStep step = linkRules.on(link, event);
        link = step.next();
        step.effects().forEach(this::carryOut);
    }

    private void carryOut(LinkEffect effect) {
        switch (effect) {
            case LinkEffect.Ask ask -> askForLink(ask.call());
            case LinkEffect.ArmPing _ -> {
                stopPings();
                pingTimer = loop.schedule(deadlines.ping(), () -> on(new LinkEvent.PingDue()));
            }
            case LinkEffect.TellOpen opened -> opened(opened.capabilities());
            case LinkEffect.TellLost lost -> lost(lost.reason());
            case LinkEffect.TellUnavailable unavailable -> {
                stopPings();
                requests.lose(unavailable.reason());
                log.accept("spawner: no connection: " + unavailable.reason());
                observer.unavailable(unavailable.reason());
            }
            case LinkEffect.Drop drop -> transport.drop(drop.reason());
        }
    }

    private void stopPings() {
        if (pingTimer != null) {
            pingTimer.cancel();
        }
    }

    private void askForLink(Call call) {
        Duration deadline = call.method() == Method.HELLO ? deadlines.hello() : deadlines.acknowledgement();
        send(call, deadline, answer -> on(event(call.method(), answer)));
    }

    private static LinkEvent event(Method method, Answer answer) {
        if (method == Method.PING) {
            return answer instanceof Answer.Given || answer instanceof Answer.Refused
                    ? new LinkEvent.PingAnswered()
                    : new LinkEvent.Message();
        }
        return switch (answer) {
            case Answer.Given given -> new LinkEvent.HelloAnswered(given.result());
            case Answer.Refused refused -> new LinkEvent.HelloFailed(refused.detail());
            case Answer.Missing missing -> new LinkEvent.HelloFailed(missing.detail());
            case Answer.Lost lost -> new LinkEvent.HelloFailed(lost.detail());
        };
    }

    private void opened(SpawnerCapabilities found) {
        capabilities = Optional.of(found);
        log.accept("spawner: connected");
        observer.opened(found);
        transport.greeted();
        for (ProcEntry entry : List.copyOf(entries.values())) {
            if (found.recover()) {
                entry.on(new ProcEvent.Reconnected());
            } else {
                entry.on(new ProcEvent.Disconnected(false));
            }
        }
        if (found.recover()) {
            // For the numbers in use: our clock may have been set back since an earlier life of ours.
            list();
        }
    }

    private void lost(String reason) {
        stopPings();
        log.accept("spawner: connection lost: " + reason);
        requests.lose("the connection to the spawner was lost: " + reason);
        boolean mayReturn = capabilities.isPresent() && capabilities.get().recover() && !isClosing;
        for (ProcEntry entry : List.copyOf(entries.values())) {
            entry.on(new ProcEvent.Disconnected(mayReturn));
        }
        observer.unavailable(reason);
    }

    // What launches want.

    @Override
    public void ask(ProcEntry entry, Call call) {
        if (link instanceof LinkState.Open) {
            send(call, deadlines.acknowledgement(), answer -> answered(entry, call.method(), answer));
        }
    }

    private void answered(ProcEntry entry, Method method, Answer answer) {
        switch (method) {
            case LAUNCH -> entry.on(switch (answer) {
                case Answer.Given given -> new ProcEvent.Accepted(((Result.Launch) given.result()).handle());
                case Answer.Refused refused -> new ProcEvent.Refused(refused.detail());
                case Answer.Missing missing -> new ProcEvent.Unanswered(missing.detail());
                case Answer.Lost lost -> new ProcEvent.Unanswered(lost.detail());
            });
            case RECOVER -> entry.on(switch (answer) {
                case Answer.Given given when given.result() instanceof Result.Recovered recovered ->
                    new ProcEvent.Recovered(recovered);
                case Answer.Given _ -> new ProcEvent.NotRecovered();
                case Answer.Refused refused -> new ProcEvent.RecoveryFailed(refused.detail());
                case Answer.Missing missing -> new ProcEvent.RecoveryFailed(missing.detail());
                case Answer.Lost lost -> new ProcEvent.RecoveryFailed(lost.detail());
            });
            case TERMINATE, KILL -> {
                switch (answer) {
                    case Answer.Given _ -> entry.stopWaiters().acknowledge();
                    case Answer.Refused refused -> entry.stopWaiters().fail(refused.detail());
                    case Answer.Missing missing -> entry.stopWaiters().fail(missing.detail());
                    // It is asked for again where the spawner comes back in time.
                    case Answer.Lost _ -> {}
                }
            }
            case HELLO, LIST, PING, SHUTDOWN -> throw new IllegalStateException("no request of a launch: " + method);
        }
    }

    private void send(Call call, Duration deadline, Consumer<Answer> taker) {
        long id = requests.add(call.method(), deadline, taker);
        byte[] line;
        try {
            line = codec.encode(new Request(id, call));
        } catch (MalformedMessageException unsayable) {
            requests.refuse(id, unsayable.getMessage());
            return;
        }
        transport.send(line);
    }

    @Override
    public void count(Fault fault, String detail) {
        faults.count(fault, detail);
    }

    @Override
    public void forget(ProcEntry entry) {
        entries.remove(entry.key(), entry);
        byName.remove(entry.key().proc(), entry);
        over.add(entry.key());
        if (over.size() > REMEMBERED_EXITS) {
            over.remove(over.iterator().next());
        }
    }

    /** Its name is free again; the process, if there is one, is killed. */
    @Override
    public void givenUp(ProcEntry entry) {
        byName.remove(entry.key().proc(), entry);
    }
}
