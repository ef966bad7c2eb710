package dev.gatun.service;

import dev.gatun.process.SupervisedProcess;
import java.util.Map;

/** Where the word comes from that a service is ready. For the loop's thread. */
interface ReadinessSource {

    /** Variables by which the service can speak to it. */
    Map<String, String> environment();

    /** What has to happen, behind "ready when". */
    String describe();

    /** A run has begun. */
    void start(SupervisedProcess run);

    /** The run is over or about to be; nothing is of interest any more. */
    void stop();

    void close();
}
