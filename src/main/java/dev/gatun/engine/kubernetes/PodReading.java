package dev.gatun.engine.kubernetes;

import dev.gatun.process.ProcExit;
import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.ContainerStateWaiting;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a Pod's status says. Pure. Source: the API reference of Pod v1, and what the kubelet writes there. */
sealed interface PodReading {

    /** Whether a wait can end well. */
    enum Prospect {
        PROGRESS,
        /** Goes on trying, as for an image that cannot be pulled; it may help, within bounds. */
        TROUBLE,
        /** Nothing will change unless somebody changes the Pod or the cluster. */
        HOPELESS
    }

    /** It does not run yet. */
    record Waiting(Prospect prospect, String why) implements PodReading {}

    record Running(Optional<Instant> startedAt, Optional<String> address) implements PodReading {}

    /** It runs no more, or never has: then the exit is a {@link ProcExit.Failed}. */
    record Ended(Optional<Instant> startedAt, Optional<String> address, ProcExit exit) implements PodReading {}

    Set<String> HOPELESS_REASONS = Set.of("ErrImageNeverPull", "InvalidImageName", "CreateContainerConfigError");

    Set<String> TROUBLE_REASONS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "RegistryUnavailable",
            "ImageInspectError",
            "SignatureValidationFailed",
            "CreateContainerError",
            "RunContainerError");

    /** Reasons of a container that never got as far as its program. */
    Set<String> NEVER_RAN_REASONS = Set.of("StartError", "ContainerCannotRun");

    /** The kubelet has lost the container; the exit code it gives then is made up. */
    String UNKNOWN_REASON = "ContainerStatusUnknown";

    static PodReading of(Pod pod) {
        PodStatus status = Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
        ContainerState state = Stream.ofNullable(status.getContainerStatuses())
                .flatMap(statuses -> statuses.stream())
                .filter(container -> PodMapping.CONTAINER.equals(container.getName()))
                .map(ContainerStatus::getState)
                .filter(Objects::nonNull)
                .findFirst()
                .orElseGet(ContainerState::new);
        Optional<String> address = Optional.ofNullable(status.getPodIP()).filter(ip -> !ip.isEmpty());
        Optional<ContainerStateTerminated> terminated = Optional.ofNullable(state.getTerminated());
        Optional<String> taken = taken(status);
        if (taken.isPresent()) {
            String how = terminated.map(end -> " (" + exit(end).describe() + ")").orElse("");
            return new Ended(
                    terminated.flatMap(end -> instant(end.getStartedAt())),
                    address,
                    new ProcExit.Failed(taken.get() + how));
        }
        if (terminated.isPresent()) {
            return new Ended(instant(terminated.get().getStartedAt()), address, exit(terminated.get()));
        }
        if (state.getRunning() != null) {
            return new Running(instant(state.getRunning().getStartedAt()), address);
        }
        if ("Failed".equals(status.getPhase()) || "Succeeded".equals(status.getPhase())) {
            return new Ended(
                    Optional.empty(),
                    address,
                    new ProcExit.Failed("the pod ended as " + status.getPhase() + " without a word on its container"));
        }
        return waiting(status, state.getWaiting());
    }

    /**
     * Why the cluster took the Pod away from its program, where it did: evicted, preempted, past its deadline, refused by
     * its node, its node lost. Then a code of the container tells of that, not of the program.
     */
    private static Optional<String> taken(PodStatus status) {
        boolean isOver = "Failed".equals(status.getPhase());
        if (status.getReason() != null && (isOver || "NodeLost".equals(status.getReason()))) {
            return Optional.of(sentence(status.getReason(), status.getMessage()));
        }
        return condition(status, "DisruptionTarget", "True")
                .filter(disruption -> isOver)
                .map(disruption -> sentence(disruption.getReason(), disruption.getMessage()));
    }

    private static ProcExit exit(ContainerStateTerminated end) {
        int code = Objects.requireNonNullElse(end.getExitCode(), -1);
        int signal = Objects.requireNonNullElse(end.getSignal(), 0);
        String reason = Objects.requireNonNullElse(end.getReason(), "");
        if (NEVER_RAN_REASONS.contains(reason) || UNKNOWN_REASON.equals(reason)) {
            return new ProcExit.Failed(sentence(reason, end.getMessage()));
        }
        // The mark is of the container: also where the kernel killed a child, and the program ended by itself.
        if ("OOMKilled".equals(reason) && (code == 128 + 9 || signal == 9)) {
            return new ProcExit.Signalled(9, false, "kubernetes OOMKilled", Optional.empty());
        }
        return signal != 0
                ? new ProcExit.Signalled(signal, false, Optional.empty())
                : new ProcExit.Exited(code, Optional.empty());
    }

    private static Waiting waiting(PodStatus status, ContainerStateWaiting waiting) {
        if (waiting != null && waiting.getReason() != null) {
            String reason = waiting.getReason();
            Prospect prospect = HOPELESS_REASONS.contains(reason)
                    ? Prospect.HOPELESS
                    : TROUBLE_REASONS.contains(reason) ? Prospect.TROUBLE : Prospect.PROGRESS;
            return new Waiting(prospect, sentence(reason, waiting.getMessage()));
        }
        String why = condition(status, "PodScheduled", "False")
                .map(unscheduled -> sentence(unscheduled.getReason(), unscheduled.getMessage()))
                .orElseGet(() -> condition(status, "PodScheduled", "True").isPresent()
                        ? "it has a node, which has not said anything of it"
                        : "no scheduler has looked at it");
        return new Waiting(Prospect.PROGRESS, why);
    }

    private static Optional<PodCondition> condition(PodStatus status, String type, String value) {
        return Stream.ofNullable(status.getConditions())
                .flatMap(conditions -> conditions.stream())
                .filter(condition -> type.equals(condition.getType()) && value.equals(condition.getStatus()))
                .findFirst();
    }

    private static String sentence(String reason, String message) {
        String said = message == null ? "" : message.strip();
        return reason == null ? said : said.isEmpty() ? reason : reason + ": " + said;
    }

    private static Optional<Instant> instant(String text) {
        try {
            return Optional.ofNullable(text).map(time -> OffsetDateTime.parse(time).toInstant());
        } catch (DateTimeParseException malformed) {
            return Optional.empty();
        }
    }
}
