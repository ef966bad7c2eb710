package dev.gatun.cli;

import java.util.Optional;

/** Which Gatun this is. */
public final class Version {

    private Version() {}

    /** The version in the manifest of our jar; classes that come out of no jar are a development build. */
    public static String ofGatun() {
        return Optional.ofNullable(Version.class.getPackage().getImplementationVersion())
                .orElse("development build");
    }
}
