/** Figures for those who scrape them, in the text format of Prometheus. */
package dev.gatun.metrics;
