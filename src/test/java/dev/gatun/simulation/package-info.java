/**
 * The real event loop and the real supervisor on a simulated kernel, in virtual time.
 *
 * <p>{@link dev.gatun.simulation.SimulatedLibc} takes the place of the C library. Behind it is a {@link
 * dev.gatun.simulation.Kernel}: a clock that stands still but for what costs time, an agenda of what will happen, a
 * process table with programs that are little scripts, descriptors. A system call costs some microseconds, in which the
 * rest of that world goes on: that is all the concurrency there is, and all of it comes from one seed.
 *
 * <p>{@link dev.gatun.simulation.Scenario} draws a world from the seed, {@link dev.gatun.simulation.Simulation} runs it,
 * {@link dev.gatun.simulation.Invariants} knows the truth and compares. A seed that fails is run again with its trace
 * written down; {@code -Dgatun.simulation.seed=N} runs that one alone, {@code -Dgatun.simulation.seeds=N} so many.
 */
package dev.gatun.simulation;
