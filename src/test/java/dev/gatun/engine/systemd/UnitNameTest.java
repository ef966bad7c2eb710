package dev.gatun.engine.systemd;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitNameTest {

    @ParameterizedTest
    @CsvSource({
        "worker-7,           gatun-worker-7.service",
        "shared:echo,        gatun-shared:echo.service",
        "a b,                gatun-a\\x20b.service",
        "a\\x20b,            gatun-a\\x5cx20b.service",
        "é@1/x,              gatun-\\xc3\\xa9\\x401\\x2fx.service",
        ".hidden,            gatun-.hidden.service"
    })
    void canBeReadAndReadBack(String id, String unit) {
        UnitName name = UnitName.of("gatun", new ProcId(id));
        assertThat(name.text()).isEqualTo(unit);
        assertThat(name.procId("gatun")).contains(new ProcId(id));
        assertThat(name.procId("other")).isEmpty();
    }

    @Test
    void aLongOneIsShortenedAndStaysItsOwn() {
        UnitName first = UnitName.of("gatun", new ProcId("/".repeat(254) + "a"));
        UnitName second = UnitName.of("gatun", new ProcId("/".repeat(254) + "b"));
        assertThat(first).isNotEqualTo(second);
        assertThat(first.text()).startsWith("gatun-\\h").hasSizeLessThanOrEqualTo(200);
        assertThat(first.procId("gatun")).isEmpty();
        // An id that looks like a shortened one is not taken for it.
        String forged = first.text().replaceFirst("^gatun-", "").replace(".service", "");
        assertThat(UnitName.of("gatun", new ProcId(forged))).isNotEqualTo(first);
    }

    @ParameterizedTest
    @CsvSource({
        "gatun-a.service, gatun_2da_2eservice",
        "gatun-a\\x20b.service, gatun_2da_5cx20b_2eservice",
        "gatun-7:_.service, gatun_2d7_3a_5f_2eservice"
    })
    void itsObjectIsNamedAsSystemdDoes(String unit, String label) {
        assertThat(new UnitName(unit).objectPath()).isEqualTo("/org/freedesktop/systemd1/unit/" + label);
    }

    @Test
    void anotherPrefixOrABrokenEscapeIsNoneOfOurs() {
        assertThat(new UnitName("gatun-a\\xzz.service").procId("gatun")).isEmpty();
        assertThat(new UnitName("gatun-a.timer").procId("gatun")).isEmpty();
        assertThat(new UnitName("gatunx-a.service").procId("gatun")).isEmpty();
    }
}
