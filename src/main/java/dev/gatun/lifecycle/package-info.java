/**
 * The pure core: what becomes of one launched process, decided by functions over records.
 *
 * <p>{@link dev.gatun.lifecycle.Lifecycle#on} takes a {@link dev.gatun.lifecycle.State}, an
 * {@link dev.gatun.lifecycle.Event} and a {@link dev.gatun.lifecycle.Moment} and answers with a
 * {@link dev.gatun.lifecycle.Step}: the next state and the effects the shell has to carry out. Nothing here has a thread,
 * a clock, a random source or a descriptor; equal arguments give equal answers. {@code docs/lifecycle.md} holds the
 * table of all transitions, derived from the code by a test.
 *
 * <p><b>Why {@code kind()} and not pattern switches.</b> A {@code switch} over the sealed types themselves compiles to
 * an {@code invokedynamic} that the AOT cache of JDK 25 does not archive: 4 ms for the first one and close to 1 ms for
 * each further one, in a program that is to start in 60 ms. A switch over the {@code Kind} enum of each type is just as
 * exhaustive for the compiler and costs nothing; a test holds that kinds and records correspond one to one.
 */
package dev.gatun.lifecycle;
