package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SchemaCommandTest {

    @ParameterizedTest
    @CsvSource({"service-static, launcher-static", "service-custom, launcher-custom", "spawner, spawner-1"})
    void printsWhatStandsAmongTheDocuments(String which, String file) throws IOException {
        Captured printed = Captured.gatun("schema", which);
        assertThat(printed.exitCode()).isZero();
        assertThat(printed.out()).isEqualTo(Files.readString(Path.of("docs/schema", file + ".schema.json")));
    }

    @Test
    void knowsThreeAndNoOther() {
        assertThat(Captured.gatun("schema").exitCode()).isEqualTo(125);
        Captured other = Captured.gatun("schema", "service");
        assertThat(other.exitCode()).isEqualTo(125);
        assertThat(other.err()).contains("no schema service; there are service-static, service-custom and spawner");
    }
}
