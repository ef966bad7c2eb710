/** The configuration of a service: one record for each section of its files, and how two files become one. */
package dev.gatun.service.config;
