/** What a launch will be, before anything is done: names, limits, commands, environments, folders. No process is made here. */
package dev.gatun.service.launch;
