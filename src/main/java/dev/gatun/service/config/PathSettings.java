package dev.gatun.service.config;

import dev.gatun.config.Section;

/**
 * Where things are, relative to the dist root.
 *
 * @param pidFile with {@code %s} for the service's name
 * @param temporaryFolder what {@code TMPDIR} becomes
 * @param manifest the file with the service's name and version
 */
public record PathSettings(String pidFile, String temporaryFolder, String manifest) {

    static PathSettings read(Section section) {
        section.withoutEffect("staticConfig", "Where this very file is; it is found before it can be read");
        return new PathSettings(
                section.text("pidFile", "var/run/%s.pid", "The pid file; %s stands for the name of the service"),
                section.text("tmpDir", "var/data/tmp", "What TMPDIR becomes for the service"),
                section.text("manifest", "deployment/manifest.yml",
                        "The file that has the name (product-name) and version (product-version) of the service"));
    }
}
