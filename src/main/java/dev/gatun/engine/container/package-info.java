/**
 * Processes as containers of Docker or Podman, by the API that both have on a Unix socket. Needs docker-java, which
 * nothing outside of this package knows.
 */
package dev.gatun.engine.container;
