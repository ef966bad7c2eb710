package dev.gatun.engine.kubernetes;

import dev.gatun.process.LauncherException;
import io.fabric8.kubernetes.api.model.Pod;

/** By which a Pod is found again: another one of the same name has another uid. */
record PodHandle(String namespace, String name, String uid) {

    static PodHandle of(Pod pod) {
        return new PodHandle(
                pod.getMetadata().getNamespace(),
                pod.getMetadata().getName(),
                pod.getMetadata().getUid());
    }

    /** @throws LauncherException with one sentence where the text is no handle */
    static PodHandle parse(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 3 || parts[0].isEmpty() || parts[1].isEmpty() || parts[2].isEmpty()) {
            throw new LauncherException(
                    LauncherException.Operation.OTHER,
                    "the handle is \"" + text + "\"; expected namespace/name/uid of a pod");
        }
        return new PodHandle(parts[0], parts[1], parts[2]);
    }

    /** Namespace and name, for sentences. */
    String podText() {
        return "pod " + namespace + "/" + name;
    }

    @Override
    public String toString() {
        return namespace + "/" + name + "/" + uid;
    }
}
