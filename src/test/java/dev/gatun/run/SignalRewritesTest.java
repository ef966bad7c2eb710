package dev.gatun.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.Signal;
import org.junit.jupiter.api.Test;

class SignalRewritesTest {

    @Test
    void noneForwardsEverySignalAsItIs() {
        for (int signal = 1; signal <= Signal.MAX; signal++) {
            assertThat(SignalRewrites.NONE.apply(signal)).isEqualTo(signal);
            assertThat(SignalRewrites.NONE.isRewritten(signal)).isFalse();
        }
    }

    @Test
    void laterRewriteOfTheSameSignalWins() {
        SignalRewrites rewrites = SignalRewrites.NONE.with(Signal.TERM, Signal.INT.number()).with(Signal.TERM, 0);
        assertThat(rewrites.apply(Signal.TERM.number())).isZero();
        assertThat(rewrites.isRewritten(Signal.TERM.number())).isTrue();
    }

    @Test
    void rewritesAreNotChained() {
        SignalRewrites rewrites = SignalRewrites.NONE
                .with(Signal.TERM, Signal.INT.number())
                .with(Signal.INT, Signal.QUIT.number());
        assertThat(rewrites.apply(Signal.TERM.number())).isEqualTo(Signal.INT.number());
    }

    @Test
    void oneMoreChangesNothingThatExists() {
        SignalRewrites rewrites = SignalRewrites.NONE.with(Signal.HUP, 0);
        rewrites.with(Signal.HUP, Signal.TERM.number());
        assertThat(rewrites.apply(Signal.HUP.number())).isZero();
        assertThat(SignalRewrites.NONE.apply(Signal.HUP.number())).isEqualTo(Signal.HUP.number());
    }

    @Test
    void toItselfIsNoRewrite() {
        assertThat(SignalRewrites.NONE.with(Signal.HUP, Signal.HUP.number()).isRewritten(Signal.HUP.number()))
                .isFalse();
    }
}
