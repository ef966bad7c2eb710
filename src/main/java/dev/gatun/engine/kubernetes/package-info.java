/**
 * Processes as Pods of a Kubernetes cluster. What is decided is pure: the Pod for given options ({@link
 * dev.gatun.engine.kubernetes.PodMapping}), what a Pod's status says ({@link dev.gatun.engine.kubernetes.PodReading}).
 * The rest talks to the API server, through the fabric8 client, which is needed only by those who open a launcher of this
 * kind.
 */
package dev.gatun.engine.kubernetes;
