package dev.gatun.engine.container;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.exception.DockerException;
import java.io.IOException;
import java.util.Optional;

/** Makes one kind of exception of what docker-java throws: its own, and bare ones around those of the socket. */
record EngineFailures(EngineHost host, ObjectMapper json) {

    EngineException translate(RuntimeException failure) {
        if (failure instanceof EngineException translated) {
            return translated;
        }
        if (failure instanceof DockerException answer) {
            String text = answer.getMessage() == null ? "" : answer.getMessage();
            return status(answer.getHttpStatus(), text.replaceFirst("^Status \\d+: ", ""), answer);
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException) {
                return unreachable(cause);
            }
        }
        return new EngineException(EngineException.Kind.REFUSED, "docker-java failed: " + failure, failure);
    }

    EngineException unreachable(Throwable cause) {
        String why = Optional.ofNullable(cause.getMessage()).orElse(cause.getClass().getSimpleName());
        return new EngineException(
                EngineException.Kind.UNREACHABLE, "no answer from a container engine at " + host + ": " + why, cause);
    }

    EngineException status(int status, String body, Throwable cause) {
        EngineException.Kind kind = switch (status) {
            case 304 -> EngineException.Kind.UNCHANGED;
            case 404 -> EngineException.Kind.NOT_FOUND;
            case 409 -> EngineException.Kind.CONFLICT;
            default -> EngineException.Kind.REFUSED;
        };
        return new EngineException(kind, "the engine says: " + message(status, body), cause);
    }

    private String message(int status, String body) {
        try {
            JsonNode message = json.readTree(body).path("message");
            if (message.isTextual()) {
                return message.textValue().strip();
            }
        } catch (JsonProcessingException noJson) {
            // A proxy's words, perhaps.
        }
        return body.isBlank() ? "HTTP status " + status : body.strip();
    }
}
