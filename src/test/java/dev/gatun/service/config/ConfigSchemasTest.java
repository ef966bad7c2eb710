package dev.gatun.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What editors make of the files of a service, by a validator that is none of ours. */
class ConfigSchemasTest {

    private static final Path EXAMPLES = Path.of("examples", "services");

    private static final Schema STATIC = schema(ConfigSchemas.ofStaticFile());
    private static final Schema CUSTOM = schema(ConfigSchemas.ofCustomFile());

    private static Schema schema(String text) {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12).getSchema(text);
    }

    private static List<String> complaints(Schema schema, String yaml) {
        return schema.validate(yaml, InputFormat.YAML).stream().map(Object::toString).toList();
    }

    @Test
    void documentsAreWhatTheCodeReads() throws IOException {
        DerivedDocument.of("schema/launcher-static.schema.json", getClass()).is(ConfigSchemas.ofStaticFile());
        DerivedDocument.of("schema/launcher-custom.schema.json", getClass()).is(ConfigSchemas.ofCustomFile());
    }

    @Test
    void schemasAreSchemas() {
        Schema ofSchemas = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(ofSchemas.validate(ConfigSchemas.ofStaticFile(), InputFormat.JSON)).isEmpty();
        assertThat(ofSchemas.validate(ConfigSchemas.ofCustomFile(), InputFormat.JSON)).isEmpty();
    }

    static Stream<Path> staticFilesOfTheExamples() throws IOException {
        return filesOfTheExamples("launcher-static.yml", "launcher-check.yml");
    }

    static Stream<Path> customFilesOfTheExamples() throws IOException {
        return filesOfTheExamples("launcher-custom.yml");
    }

    private static Stream<Path> filesOfTheExamples(String... names) throws IOException {
        try (Stream<Path> files = Files.walk(EXAMPLES)) {
            return files.filter(file -> List.of(names).contains(file.getFileName().toString())).sorted().toList()
                    .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("staticFilesOfTheExamples")
    void staticFilesOfTheExamplesAreValid(Path file) throws IOException {
        assertThat(complaints(STATIC, Files.readString(file))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("customFilesOfTheExamples")
    void customFilesOfTheExamplesAreValid(Path file) throws IOException {
        assertThat(complaints(CUSTOM, Files.readString(file))).isEmpty();
    }

    @Test
    void generatedFilesAreValid() {
        assertThat(complaints(STATIC, GeneratedFiles.PYTHON_STATIC)).isEmpty();
        assertThat(complaints(STATIC, GeneratedFiles.PYTHON_CHECK)).isEmpty();
        assertThat(complaints(STATIC, GeneratedFiles.JAVA_STATIC)).isEmpty();
        assertThat(complaints(STATIC, GeneratedFiles.JAVA_CHECK)).isEmpty();
        assertThat(complaints(STATIC, GeneratedFiles.EXECUTABLE_STATIC)).isEmpty();
        assertThat(complaints(CUSTOM, GeneratedFiles.PYTHON_CUSTOM)).isEmpty();
        assertThat(complaints(CUSTOM, GeneratedFiles.JAVA_CUSTOM)).isEmpty();
    }

    @Test
    void generatedFilesAreReadWithoutAnError() {
        String entryPoint = "entryPoint: found a key without effect in launchMode pex, "
                + "expected it in launchMode uvicorn or gunicorn only";
        assertThat(problems(GeneratedFiles.PYTHON_STATIC, GeneratedFiles.PYTHON_CUSTOM))
                .containsExactly("warning: s.yml:5:1: " + entryPoint);
        assertThat(problems(GeneratedFiles.PYTHON_CHECK, "")).containsExactly("warning: s.yml:4:1: " + entryPoint);
        assertThat(problems(GeneratedFiles.JAVA_STATIC, "")).isEmpty();
        assertThat(problems(GeneratedFiles.JAVA_CHECK, "")).isEmpty();
        assertThat(problems(GeneratedFiles.EXECUTABLE_STATIC, GeneratedFiles.JAVA_CUSTOM)).isEmpty();
    }

    private static List<String> problems(String staticText, String customText) {
        ConfigFiles files = ConfigFiles.of(
                "s.yml", Optional.of(staticText.getBytes(StandardCharsets.UTF_8)),
                "c.yml", Optional.of(customText.getBytes(StandardCharsets.UTF_8)),
                ConfigFiles.Purpose.SERVICE, new Problems());
        return files.problems().list().stream()
                .map(problem -> (problem.severity() == Problem.Severity.ERROR ? "error: " : "warning: ")
                        + problem.describe())
                .toList();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "memroy: {mode: fixed}",
        "memory: {maxRssPercentage: 75}",
        "memory: {mode: cgroup}",
        "memory: {maxRssPercent: 101}",
        "memory: [fixed]",
        "launchMode: uvicron",
        "watchdog: {pollIntervalSeconds: 0}",
        "watchdog: {gracePeriodSeconds: 30 seconds}",
        "readiness: {httpPort: 65536}",
        "readiness: {check: {http: {path: /}}}",
        "subProcesses: [{name: web, executabel: bin/web}]",
        "subProcesses: {web: {executabel: bin/web}}",
        "args: {a: b}"})
    void whatIsMistypedIsNot(String line) {
        assertThat(complaints(STATIC, "configVersion: 1\nexecutable: app.pex\n" + line + "\n")).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"executable: other", "envv: {A: b}", "watchdog: {enabled: perhaps}", "heapPercentage: 0"})
    void whatAnOperatorMayNotSayIsNot(String line) {
        assertThat(complaints(CUSTOM, line + "\n")).isNotEmpty();
    }
}
