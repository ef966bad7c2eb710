/** {@code gatun init}: the verbs of an init script, with the exit codes that the Linux Standard Base gives them. */
package dev.gatun.service.init;
