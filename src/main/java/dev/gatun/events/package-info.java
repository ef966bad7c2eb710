/**
 * Flight recorder events, one class for each kind of thing that happens. Whoever makes something happen commits them,
 * and asks {@link dev.gatun.events.FlightRecording#isOn()} first, so that nothing of JFR is loaded where nobody records.
 */
package dev.gatun.events;
