package dev.gatun.spawner.message;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.gatun.process.LaunchOptions;
import dev.gatun.service.config.DerivedDocument;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageSchemaTest {

    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema SCHEMA = REGISTRY.getSchema(MessageSchema.text());

    private static List<String> complaints(String line) {
        return SCHEMA.validate(line, InputFormat.JSON).stream().map(Object::toString).toList();
    }

    @Test
    void theDocumentIsWhatTheCodeReadsAndWrites() throws IOException {
        DerivedDocument.of("schema/spawner-1.schema.json", getClass()).is(MessageSchema.text());
    }

    @Test
    void itIsASchema() {
        Schema ofSchemas = REGISTRY.getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
        assertThat(ofSchemas.validate(MessageSchema.text(), InputFormat.JSON)).isEmpty();
    }

    static List<Call> calls() {
        return List.of(
                new Call.Hello(1, new Call.Peer("gatun", "1"), "c"),
                new Call.Launch("web", 1, WireOptions.of(LaunchOptions.builder("true").build())),
                new Call.Terminate("web", 1, 0.5),
                new Call.Kill("web", 1),
                new Call.Processes(),
                new Call.Recover("web", 1, "h"),
                new Call.Ping(),
                new Call.Shutdown(Call.Mode.STOP));
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whatIsWrittenIsValid(Call call) {
        String line = new String(new SpawnerCodec().encode(new Request(1, call)), StandardCharsets.UTF_8);
        assertThat(complaints(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\": 1, \"result\": {\"accepted\": true, \"handle\": \"h\", \"more\": 1}}",
        "{\"id\": null, \"error\": {\"code\": \"invalid\", \"message\": \"m\", \"details\": null, \"retryable\": false}}",
        "{\"event\": \"exit\", \"proc\": \"web\", \"generation\": 1, \"seq\": 2, \"exit_code\": null, \"signal\": 9, "
                + "\"core_dumped\": false, \"failed_reason\": null, \"stderr_tail\": []}"})
    void whatASpawnerSaysIsValid(String line) {
        assertThat(complaints(line)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\": 1, \"method\": \"fetch\", \"params\": {}}",
        "{\"id\": 1, \"method\": \"kill\", \"params\": {\"proc\": \"web\"}}",
        "{\"event\": \"exit\", \"proc\": \"web\", \"generation\": 1, \"seq\": 2, \"exit_code\": 2147483648, \"signal\": 9, "
                + "\"core_dumped\": false, \"failed_reason\": null, \"stderr_tail\": []}",
        "{\"event\": \"exit\", \"proc\": \"web\", \"generation\": 1, \"seq\": 2, \"exit_code\": null, \"signal\": 9, "
                + "\"core_dumped\": null, \"failed_reason\": null, \"stderr_tail\": []}"})
    void whatIsMistypedIsNot(String line) {
        assertThat(complaints(line)).isNotEmpty();
    }
}
