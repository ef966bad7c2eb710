package dev.gatun.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.config.Problem;
import dev.gatun.config.Problems;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VariableNamesTest {

    private static List<String> complaints(String yaml) {
        Problems problems = new Problems();
        ConfigFiles.of("f.yml", Optional.of(yaml.getBytes(StandardCharsets.UTF_8)), "", Optional.empty(),
                ConfigFiles.Purpose.SERVICE, problems);
        return problems.list().stream().map(Problem::describe).toList();
    }

    @Test
    void anEqualsSignWouldSetAnotherVariable() {
        assertThat(complaints("configVersion: 1\nexecutable: x\nenv: {'A=B': c}\n"))
                .containsExactly("f.yml:3:1: env: found the name \"A=B\", expected the name of a variable, without =");
        assertThat(complaints("{configVersion: 1, executable: x, subProcesses: {web: {executable: y, env: {'': c}}}}"))
                .singleElement().asString().endsWith("found the name \"\", expected the name of a variable, without =");
    }

    @Test
    void oddNamesAreNames() {
        assertThat(complaints("configVersion: 1\nexecutable: x\nenv: {spring.name: c, '{{CWD}}': d, 1: e}\n"))
                .isEmpty();
    }
}
