/** How the outside learns whether a service can work: an HTTP endpoint, a file, and what is asked of the service. */
package dev.gatun.service.readiness;
