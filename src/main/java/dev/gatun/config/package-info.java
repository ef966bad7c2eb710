/**
 * Configurations as people write them, read strictly, with errors that say what is wrong, where, and what was expected.
 *
 * <p>{@link dev.gatun.config.YamlReader} makes a tree of {@link dev.gatun.config.Node}s of a file, and
 * {@link dev.gatun.config.NodeMerge} one tree of two. A reader of a {@link dev.gatun.config.Section} takes values from
 * it, key by key ({@link dev.gatun.config.YamlSection}), and the same reader describes what it takes
 * ({@link dev.gatun.config.SchemaSection}). Which files and keys there are is not known here.
 */
package dev.gatun.config;
