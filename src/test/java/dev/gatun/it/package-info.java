/**
 * The packaged Gatun as its users have it, for tests: started, signalled, read and waited for. Nothing waits by a fixed
 * sleep, and every run is checked for processes that it left behind.
 */
package dev.gatun.it;
