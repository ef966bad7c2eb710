package dev.gatun.service.config;

import dev.gatun.config.NullItems;
import dev.gatun.config.Section;
import java.util.List;

/** A Java service as a native image of the same program. */
public record ExperimentalSettings(
        ExecutionMode executionMode,
        String nativeImage,
        List<String> nativeImageArguments,
        boolean allowHeapShrink) {

    static ExperimentalSettings read(Section section) {
        return new ExperimentalSettings(
                section.choice("executionMode", ExecutionMode.JVM, "What a Java service runs on"),
                section.text("nativeImageExecutablePath", "service/bin/native-executable",
                        "The native image, relative to the dist root"),
                section.texts("nativeImageArguments", NullItems.DROP, "Arguments of the native image, before args"),
                section.flag("allowHeapShrink", false, "The same as allowHeapShrink at the top"));
    }
}
