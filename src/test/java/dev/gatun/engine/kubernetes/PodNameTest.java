package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcId;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PodNameTest {

    @ParameterizedTest
    @CsvSource({
        "web, web-",
        "ns:Pattern:7, ns-pattern-7-",
        "//a//, a-",
        "ÄÖ, proc-",
        "a-very-long-name-that-cannot-be-kept-as-a-whole, a-very-long-name-that-cannot-b-"
    })
    void beginsWithWhatCanBeReadOfTheId(String id, String prefix) {
        String name = PodName.of(new ProcId(id));

        assertThat(name).startsWith(prefix).hasSize(prefix.length() + 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "-", "9", "A B", "é", "x/y", "----a----", "012345678901234567890123456789-0"})
    void isALabelOfDns(String id) {
        assertThat(PodName.of(new ProcId(id)))
                .matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?")
                .hasSizeLessThanOrEqualTo(PodName.MAX_CHARACTERS);
    }

    @Test
    void noTwoIdsHaveOneName() {
        List<String> alike = List.of("a-b", "a b", "A-B", "a--b", "a/b", "-a-b", "a-b-", "ä", "ö", "a\u0301-b");
        Set<String> names = new HashSet<>();

        alike.forEach(id -> names.add(PodName.of(new ProcId(id))));

        assertThat(names).hasSameSizeAs(alike);
    }
}
