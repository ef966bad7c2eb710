package dev.gatun.probe;

import java.util.Optional;

/** What is to be had of a responder. Called on the loop's thread, so it answers from what is known and never waits. */
@FunctionalInterface
public interface HttpRoutes {

    /** The answer; empty where there is nothing of that path. {@code HEAD} is answered as {@code GET} is. */
    Optional<HttpResponse> answer(HttpRequest request);
}
