/** Values as people write them, read strictly, with errors that say what was expected. */
package dev.gatun.config;
