/** Who runs: the pid file of a process of a service, what stands beside it, and what both are worth. */
package dev.gatun.service.instance;
