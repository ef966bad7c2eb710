package dev.gatun.service.config;

import dev.gatun.config.SchemaSection;

/** The files of a service as JSON Schemas, made by the code that reads them, for editors that validate and complete. */
public final class ConfigSchemas {

    private ConfigSchemas() {}

    /** Of {@code launcher-static.yml}, and of {@code launcher-check.yml} as well. */
    public static String ofStaticFile() {
        return SchemaSection.schema("launcher-static.yml of a service", ServiceConfig::read);
    }

    /** Of {@code launcher-custom.yml}. */
    public static String ofCustomFile() {
        return SchemaSection.schema("launcher-custom.yml of a service", CustomConfig::read);
    }
}
