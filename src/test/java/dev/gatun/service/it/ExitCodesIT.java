package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.it.Gatun;
import dev.gatun.it.Kernel;
import dev.gatun.it.RunningGatun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Gatun exits with when its service has ended. */
class ExitCodesIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 44, 125, 126, 127, 255})
    void isThatOfTheService(int code) {
        assertThat(Dist.shell(folder, "exit " + code).service().finish().code()).isEqualTo(code);
    }

    @ParameterizedTest
    @CsvSource({"9, 137", "11, 139", "15, 143", "6, 134"})
    void isThatOfTheSignal(int signal, int code) {
        Gatun.Ended ended = Dist.shell(folder, "kill -" + signal + " $$").service().finish();
        assertThat(ended.code()).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 15})
    void isThatOfTheOldLaunchersOnRequest(int signal) {
        Gatun.Ended ended = Dist.shell(folder, "kill -" + signal + " $$").service("--legacy-exit-codes").finish();
        assertThat(ended.code()).isEqualTo(255);
    }

    @Test
    void requestForTheOldCodesChangesNoOtherCode() {
        assertThat(Dist.shell(folder, "exit 9").service("--legacy-exit-codes").finish().code()).isEqualTo(9);
    }

    @ParameterizedTest
    @CsvSource({"false, 143", "true, 255"})
    void stopThatTheServiceDoesNotHandleIsASignal(boolean legacy, int code) {
        Dist dist = Dist.shell(folder, "echo here; exec sleep 3600");
        try (RunningGatun gatun = (legacy ? dist.service("--legacy-exit-codes") : dist.service()).start()) {
            gatun.out().await("^here$");
            gatun.signal(Kernel.TERM);
            assertThat(gatun.await().code()).isEqualTo(code);
        }
    }

    @Test
    void restartsAreCounted() {
        Dist dist = Dist.shell(folder, "echo here; exit 6",
                "restart: {policy: on-failure, maxRestarts: 2, backoffMinSeconds: 0.01, backoffMaxSeconds: 0.02}");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(6);
        assertThat(ended.out().lines().filter(line -> line.equals("here"))).hasSize(3);
    }

    @Test
    void withoutAPidFileAfterwards() {
        Dist dist = Dist.shell(folder, "cat var/run/made-up.pid; echo; echo $$; exit 2");
        Gatun.Ended ended = dist.service().finish();
        assertThat(ended.code()).isEqualTo(2);
        assertThat(dist.has("var/run/made-up.pid")).isFalse();
    }
}
