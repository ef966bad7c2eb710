package dev.gatun.service.watchdog;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LevelTest {
    private static final Thresholds THRESHOLDS = Thresholds.of(1000, 80, 85, 95);

    @ParameterizedTest(name = "{0} at {1} bytes -> {2}")
    @CsvSource({
        "HEALTHY,      0,   HEALTHY",
        "HEALTHY,      849, HEALTHY",
        "HEALTHY,      850, SOFT_WARNING",
        "HEALTHY,      949, SOFT_WARNING",
        "HEALTHY,      950, HARD_LIMIT",
        "SOFT_WARNING, 850, SOFT_WARNING",
        "SOFT_WARNING, 849, SOFT_WARNING",
        "SOFT_WARNING, 800, SOFT_WARNING",
        "SOFT_WARNING, 799, HEALTHY",
        "SOFT_WARNING, 950, HARD_LIMIT",
        "HARD_LIMIT,   0,   HARD_LIMIT",
        "TERMINATING,  0,   TERMINATING"
    })
    void judgesASample(Level level, long bytes, Level next) {
        assertThat(level.after(bytes, THRESHOLDS)).isEqualTo(next);
    }

    @ParameterizedTest(name = "{0} bytes: soft {1}, hard {2}")
    @CsvSource({
        "33554432,    28521267,    31876710",
        "104857600,   89128960,    99614720",
        "1073741824,  912680550,   1020054732",
        "2147483648,  1825361100,  2040109465",
        "25276514304, 21485037158, 24012688588"
    })
    void takesSharesAsTheOriginalDoes(long limit, long soft, long hard) {
        Thresholds thresholds = Thresholds.of(limit, 80, 85, 95);
        assertThat(thresholds.softBytes()).isEqualTo(soft);
        assertThat(thresholds.hardBytes()).isEqualTo(hard);
    }
}
