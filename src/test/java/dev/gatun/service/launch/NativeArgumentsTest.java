package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.service.config.HeapSettings;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NativeArgumentsTest {

    private static final ContainerMode HOST = new ContainerMode(false, false);
    private static final ContainerMode CONTAINER = new ContainerMode(true, false);

    private static List<String> of(ContainerMode container, OptionalDouble percentage, String... arguments) {
        HeapSettings heap = new HeapSettings(percentage, false, OptionalInt.empty(), OptionalInt.empty());
        return NativeArguments.of(List.of(), List.of(arguments), heap, container);
    }

    @Test
    void ofTheJvmOptionsOnlyAFewPass() {
        List<String> options = List.of(
                "-Xmx2g", "-Djava.io.tmpdir=var/data/tmp", "-Dfoo=1", "-Djna.tmpdir=/jna", "-ea",
                "-Dsun.net.inetaddr.ttl=60", "-Djava.io.tmpdir");
        HeapSettings heap =
                new HeapSettings(OptionalDouble.empty(), false, OptionalInt.empty(), OptionalInt.empty());
        assertThat(NativeArguments.of(options, List.of("-Dfoo=2"), heap, HOST))
                .containsExactly(
                        "-Djava.io.tmpdir=var/data/tmp", "-Djna.tmpdir=/jna", "-Dsun.net.inetaddr.ttl=60", "-Dfoo=2");
    }

    @Test
    void inAContainerAPercentageTakesThePlaceOfSizes() {
        assertThat(of(CONTAINER, OptionalDouble.of(60), "-Xmx2g", "-Xms1g", "-Dfoo=bar"))
                .containsExactly("-Dfoo=bar", "-XX:MaximumHeapSizePercent=60.00");
        assertThat(of(CONTAINER, OptionalDouble.empty(), "-Xmx2g", "-Dfoo=bar")).containsExactly("-Dfoo=bar");
    }

    @Test
    void aPercentageAmongTheArgumentsWins() {
        assertThat(of(CONTAINER, OptionalDouble.of(60), "-XX:MaximumHeapSizePercent=80", "-Dfoo=bar"))
                .containsExactly("-XX:MaximumHeapSizePercent=80", "-Dfoo=bar");
    }

    @Test
    void elsewhereThereIsNoPercentage() {
        for (ContainerMode mode : List.of(HOST, new ContainerMode(true, true))) {
            assertThat(of(mode, OptionalDouble.of(60), "-Dfoo=bar", "-XX:MaximumHeapSizePercent=80", "-Xmx2g"))
                    .containsExactly("-Dfoo=bar", "-Xmx2g");
        }
    }

    @ParameterizedTest
    @CsvSource({"60, 60.00", "66.666, 66.67", "0.125, 0.12", "33.335, 33.34", "100, 100.00"})
    void thePercentageHasTwoDecimals(double percentage, String text) {
        assertThat(of(CONTAINER, OptionalDouble.of(percentage)))
                .containsExactly("-XX:MaximumHeapSizePercent=" + text);
    }
}
