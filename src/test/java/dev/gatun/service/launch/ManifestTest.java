package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ManifestTest {

    private static final String PYTHON = "configVersion: 1";
    private static final Optional<String> NONE = Optional.empty();

    @TempDir
    Path folder;

    private Dist dist;
    private Path file;

    @BeforeEach
    void distribution() throws IOException {
        dist = new Dist(folder);
        file = Path.of(dist.path("deployment/manifest.yml"));
        Files.createDirectory(file.getParent());
    }

    private Metadata metadata(String config, Optional<String> name, Optional<String> version) {
        return Manifest.metadata(Dist.LIBC, dist.root(), Services.read(config), name, version);
    }

    private Metadata python(String manifest) throws IOException {
        Files.writeString(file, manifest);
        return metadata(PYTHON, NONE, NONE);
    }

    private static Metadata metadata(String name, String version) {
        return new Metadata(name, version, NONE);
    }

    private static Metadata unknown(String why) {
        return new Metadata(
                "unknown", "0.0.0", Optional.of(why + "; the service is unknown, version 0.0.0"));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "product-name: my-service\nproduct-version: 1.50",
        "product-version: '1.50'\nproduct-name: \"my-service\"\nproduct-group: com.example",
        "{\"product-name\": \"my-service\", \"product-version\": \"1.50\"}",
        """
                    manifest-version: '1.0'
                    product-name: my-service
                    product-version: 1.50
                    extensions:
                      product-dependencies:
                        - product-group: com.example
                          product-name: other
                          product-version: 9.9.9
                    """,
        "product-dependencies: [{product-name: other}]\nproduct-name: my-service\nproduct-version: 1.50\n---\nproduct-name: x",
        "product-name: x\nproduct-name: my-service\nproduct-version: 1.50"
    })
    void aPythonServiceHasItsNameAtTheTopOfTheManifest(String manifest) throws IOException {
        assertThat(python(manifest)).isEqualTo(metadata("my-service", "1.50"));
    }

    @Test
    void aMissingVersionIsEmpty() throws IOException {
        assertThat(python("product-name: my-service")).isEqualTo(metadata("my-service", ""));
    }

    @Test
    void theCommandLineWins() throws IOException {
        Files.writeString(file, "product-name: my-service\nproduct-version: 1.5.0");
        assertThat(metadata(PYTHON, Optional.of("other"), NONE)).isEqualTo(metadata("other", "1.5.0"));
        assertThat(metadata(PYTHON, NONE, Optional.of("2"))).isEqualTo(metadata("my-service", "2"));
        assertThat(metadata(PYTHON, Optional.of("other"), Optional.of("2"))).isEqualTo(metadata("other", "2"));
        assertThat(metadata(PYTHON, Optional.of(""), Optional.of(""))).isEqualTo(metadata("my-service", "1.5.0"));
    }

    @Test
    void withBothOnTheCommandLineNobodyMissesAManifest() {
        assertThat(metadata(PYTHON, Optional.of("a"), Optional.of("1"))).isEqualTo(metadata("a", "1"));
        assertThat(metadata(PYTHON, Optional.of("a"), NONE)).isEqualTo(new Metadata(
                "a", "0.0.0", Optional.of("there is no manifest " + file + "; the service is a, version 0.0.0")));
    }

    @Test
    void withoutANameTheServiceIsUnknown() throws IOException {
        String nothing = "the manifest " + file + " has no product-name at its top";
        assertThat(python("")).isEqualTo(unknown(nothing));
        assertThat(python("product-version: 1.0")).isEqualTo(unknown(nothing));
        assertThat(python("product-name:\nproduct-version: 1.0")).isEqualTo(unknown(nothing));
        assertThat(python("product-name: ''")).isEqualTo(unknown(nothing));
        assertThat(python("product-name: [a]")).isEqualTo(unknown(nothing));
        assertThat(python("x:\n  product-name: a")).isEqualTo(unknown(nothing));
    }

    @Test
    void whatCannotBeReadIsToldWithThePlace() throws IOException {
        assertThat(python("a: b\n  c: [").warning().orElseThrow())
                .startsWith("the manifest cannot be read: " + file + ":2:")
                .endsWith("; the service is unknown, version 0.0.0");
        Files.write(file, "product-name: \u00e4".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(metadata(PYTHON, NONE, NONE).name()).isEqualTo("unknown");
        Files.delete(file);
        Files.createDirectory(file);
        assertThat(metadata(PYTHON, NONE, NONE))
                .isEqualTo(unknown("the manifest cannot be read: read(" + file + "): EISDIR (Is a directory)"));
    }

    @Test
    void aHugeManifestIsNotReadToItsEnd() throws IOException {
        assertThat(python("product-name: a\n" + "#".repeat(10 << 20)).warning().orElseThrow())
                .startsWith("the manifest cannot be read: " + file + ":1:1: found a file of 1048577 bytes");
    }

    @Test
    void thePathIsTheConfigurations() throws IOException {
        Files.writeString(Path.of(dist.path("about.yml")), "product-name: a\nproduct-version: 2");
        assertThat(metadata("paths: {manifest: about.yml}", NONE, NONE)).isEqualTo(metadata("a", "2"));
        assertThat(metadata("paths: {manifest: " + dist.path("about.yml") + "}", NONE, NONE))
                .isEqualTo(metadata("a", "2"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"java", "executable"})
    void othersHaveTheirNameInTheConfiguration(String type) throws IOException {
        String config = "{configType: " + type + ", serviceName: my-service}";
        assertThat(metadata(config, NONE, NONE)).isEqualTo(metadata("my-service", "0.0.0"));
        Files.writeString(file, "product-name: other\nproduct-version: 3");
        assertThat(metadata(config, NONE, NONE)).isEqualTo(metadata("my-service", "3"));
        assertThat(metadata(config, Optional.of("a"), Optional.of("1"))).isEqualTo(metadata("a", "1"));
        assertThat(metadata(config, Optional.of("a"), NONE)).isEqualTo(metadata("a", "3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/cron.d/x", "a/b", "..", ".", "a\tb", "a\0b"})
    void aNameIsTheNameOfAFile(String name) {
        assertThatThrownBy(() -> metadata(PYTHON, Optional.of(name), Optional.of("1")))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage("the name of the service, \"" + name
                        + "\", is to be a file name: not empty, and without slashes and control characters");
        assertThatThrownBy(() -> metadata(PYTHON, Optional.of("a"), Optional.of("1\0")))
                .isInstanceOf(LaunchProblem.class);
    }
}
