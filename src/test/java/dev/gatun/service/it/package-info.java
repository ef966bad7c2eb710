/**
 * {@code gatun service} from its distribution: the examples as they are in the repository, and distributions made up for
 * one question. The helper scripts are in {@code src/test/resources/service-it}.
 */
package dev.gatun.service.it;
