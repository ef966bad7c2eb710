package dev.gatun.engine.container;

/**
 * A container of a launcher, in the engine's list.
 *
 * @param status the engine's word for it
 */
record FoundContainer(String id, ContainerLabels labels, String status) {

    boolean isRunning() {
        return ContainerState.isRunning(status);
    }

    boolean isUnstarted() {
        return ContainerState.isUnstarted(status);
    }
}
