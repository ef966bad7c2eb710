package dev.gatun.service;

import dev.gatun.process.ProcessSetup;
import dev.gatun.process.Redirect;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.StandardError;
import dev.gatun.service.config.StandardInput;
import dev.gatun.service.config.StreamSettings;

/**
 * Where the standard streams of a process lead as long as nobody captures them. A Python service has always read from
 * {@code /dev/null} and written all into one stream; a Java service and an executable have had ours.
 */
record StandardStreams(boolean inheritsInput, boolean mergesError) {

    static StandardStreams of(ServiceConfig config) {
        boolean python = config.type() == ConfigType.PYTHON;
        StreamSettings settings = config.streams();
        StandardInput input = settings.input().orElse(python ? StandardInput.NULL : StandardInput.INHERIT);
        StandardError error = settings.error().orElse(python ? StandardError.STDOUT : StandardError.INHERIT);
        return new StandardStreams(input == StandardInput.INHERIT, error == StandardError.STDOUT);
    }

    /** The same for a process that is not meant to read what is for the primary one. */
    StandardStreams withoutInput() {
        return new StandardStreams(false, mergesError);
    }

    void applyTo(ProcessSetup setup) {
        setup.streams(
                inheritsInput ? new Redirect.Inherit() : new Redirect.Discard(),
                new Redirect.Inherit(),
                mergesError ? new Redirect.MergeIntoOutput() : new Redirect.Inherit());
    }
}
