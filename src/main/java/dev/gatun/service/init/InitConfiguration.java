package dev.gatun.service.init;

import java.util.List;

/** Reads which processes there are. */
@FunctionalInterface
public interface InitConfiguration {

    /**
     * The processes of the service, the primary one first.
     *
     * @throws InitProblem when the configuration is bad
     */
    List<ManagedProcess> read();
}
