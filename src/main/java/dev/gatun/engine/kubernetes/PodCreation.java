package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherException;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** Makes a Pod, also where one of its name is still going, and where the answer to a first request was lost. */
final class PodCreation {

    private static final Duration PAUSE = Duration.ofMillis(100);

    private final PodApi api;
    private final Duration timeout;

    /** @param timeout how long to wait for a Pod that is going */
    PodCreation(PodApi api, Duration timeout) {
        this.api = api;
        this.timeout = timeout;
    }

    /** Waits. @throws LauncherException with one sentence where there is no Pod now */
    Pod create(Pod wanted) {
        long start = System.nanoTime();
        while (true) {
            try {
                return api.create(wanted);
            } catch (KubernetesClientException failed) {
                if (!ApiFailure.isConflict(failed)) {
                    throw refused(ApiFailure.text(failed));
                }
                Optional<Pod> there = api.get(wanted.getMetadata().getName());
                if (there.isPresent() && launch(there.get()).equals(launch(wanted))) {
                    return there.get();
                }
                there.ifPresent(pod -> makeWay(pod, wanted));
                if (System.nanoTime() - start > timeout.toNanos()) {
                    throw refused(ApiFailure.text(failed));
                }
            }
            pause();
        }
    }

    /** An ended Pod of the same process is deleted, one that is being deleted waited for, anything else left alone. */
    private void makeWay(Pod there, Pod wanted) {
        PodHandle handle = PodHandle.of(there);
        PodMarks its = PodMarks.of(there);
        PodMarks ours = PodMarks.of(wanted);
        if (!its.launcher().equals(ours.launcher()) || !its.id().equals(ours.id())) {
            String whose = its.launcher().isEmpty() ? "no launcher" : "the launcher \"" + its.launcher() + "\"";
            throw refused(handle.podText() + " exists already, and belongs to " + whose);
        }
        if (PodReading.of(there) instanceof PodReading.Ended) {
            api.delete(handle, OptionalLong.empty());
        } else if (there.getMetadata().getDeletionTimestamp() == null) {
            throw refused(handle.podText() + " runs already: it is of an earlier launch, and can be recovered");
        }
    }

    private static String launch(Pod pod) {
        return Objects.requireNonNullElse(pod.getMetadata().getAnnotations(), Map.<String, String>of())
                .getOrDefault(PodMarks.LAUNCH, "");
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw refused("the launcher was closed");
        }
    }

    private static LauncherException refused(String detail) {
        return new LauncherException(LauncherException.Operation.LAUNCH, detail);
    }
}
