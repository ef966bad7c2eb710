package dev.gatun.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ServiceOptionTableTest {

    private static ServiceOptionTable.Line parse(String line) {
        return ServiceOptionTable.parse(CString.listOf(line.split(" ")));
    }

    @Test
    void startupIsAnOption() {
        ServiceOptionTable.Line line = parse("--startup --dist-root /opt/web --mode=check");
        assertThat(line.verb()).isEmpty();
        assertThat(line.options().has(ServiceOptionTable.STARTUP)).isTrue();
        assertThat(line.options().text(ServiceOptionTable.DIST_ROOT)).contains("/opt/web");
        assertThat(line.options().text(ServiceOptionTable.MODE)).contains("check");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain --json --dist-root d", "--json explain --dist-root d",
        "--dist-root d --json explain"})
    void theVerbMayStandAnywhere(String words) {
        ServiceOptionTable.Line line = parse(words);
        assertThat(line.verb()).isEqualTo("explain");
        assertThat(line.options().has(ServiceOptionTable.JSON)).isTrue();
        assertThat(line.options().text(ServiceOptionTable.DIST_ROOT)).contains("d");
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "explain validate", "validate now", "--no-such-option", "--dist-root"})
    void refuses(String words) {
        assertThatThrownBy(() -> parse(words)).isInstanceOf(UsageError.class);
    }
}
