/**
 * {@code gatun service}: a service described by two files, launched step by step and accompanied to its end. Subpackages
 * hold its parts: {@code config}, the files; {@code launch}, what follows from them; {@code instance}, who runs;
 * {@code watchdog}; {@code dump}, before the end that it brings; {@code readiness}; {@code init}, the verbs of an init
 * script.
 */
package dev.gatun.service;
