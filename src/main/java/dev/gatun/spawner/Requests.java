package dev.gatun.spawner;

import static java.util.Objects.requireNonNull;

import dev.gatun.loop.EventLoop;
import dev.gatun.loop.Timer;
import dev.gatun.spawner.message.Method;
import dev.gatun.spawner.message.Result;
import dev.gatun.spawner.message.SpawnerMessage;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The requests of a connection that have not been answered. For the loop's thread. */
final class Requests {

    /** What came of a request. */
    sealed interface Answer {

        record Given(Result result) implements Answer {}

        /** The spawner says that it has not done it. */
        record Refused(String detail) implements Answer {}

        /** None in time, or none that could be understood: it may have been done. */
        record Missing(String detail) implements Answer {}

        /** The connection has ended before: it may have been done. */
        record Lost(String detail) implements Answer {}
    }

    private record Pending(Method method, Timer timer, Consumer<Answer> taker) {}

    private final EventLoop loop;
    private final Map<Long, Pending> pending = new HashMap<>();
    private long lastId;

    Requests(EventLoop loop) {
        this.loop = requireNonNull(loop);
    }

    /**
     * Notes a request, before it is sent.
     *
     * @return the number it is to have
     */
    long add(Method method, Duration deadline, Consumer<Answer> taker) {
        long id = ++lastId;
        Timer timer = loop.schedule(deadline, () -> expire(id, deadline));
        pending.put(id, new Pending(method, timer, taker));
        return id;
    }

    Optional<Method> method(long id) {
        return Optional.ofNullable(pending.get(id)).map(Pending::method);
    }

    /** @return whether somebody was waiting for it */
    boolean answer(SpawnerMessage.Reply reply) {
        return answer(reply.id(), reply.result() instanceof Result.Malformed malformed
                ? new Answer.Missing("the answer is not understood: " + malformed.reason())
                : new Answer.Given(reply.result()));
    }

    /** @return whether somebody was waiting for it */
    boolean answer(SpawnerMessage.ErrorReply reply) {
        return reply.id().isPresent()
                && answer(reply.id().getAsLong(), new Answer.Refused(reply.error().describe()));
    }

    /** The request cannot be sent. */
    void refuse(long id, String detail) {
        answer(id, new Answer.Refused(detail));
    }

    /** No answer will come any more. */
    void lose(String detail) {
        for (long id : List.copyOf(pending.keySet())) {
            answer(id, new Answer.Lost(detail));
        }
    }

    private void expire(long id, Duration deadline) {
        answer(id, new Answer.Missing("not answered within " + Deadlines.words(deadline)));
    }

    private boolean answer(long id, Answer answer) {
        Pending request = pending.remove(id);
        if (request == null) {
            return false;
        }
        request.timer().cancel();
        request.taker().accept(answer);
        return true;
    }
}
