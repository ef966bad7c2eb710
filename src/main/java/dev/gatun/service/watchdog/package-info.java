/** The memory watchdog: a pure core that judges samples and says when the next is due, and the shell that takes them. */
package dev.gatun.service.watchdog;
