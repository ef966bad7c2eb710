package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {

    private static final String REST = " S 1 7 5 34816 77 4194560 1 2 3 4 5 6 7 8 20 0 1 0 123456789 8192 200\n";

    @ParameterizedTest
    @ValueSource(strings = {"cat", "a b", ")", "(", "a) S 9 (b", "", " ", "(sd-pam)", ") R 1 2 3", "\t"})
    void theNameMayHoldAnything(String name) {
        ProcStat stat = ProcStat.parse("42 (" + name + ")" + REST);
        assertThat(stat).isEqualTo(new ProcStat(42, name, 'S', 1, 7, 5, 123456789));
    }

    @ParameterizedTest
    @ValueSource(chars = {'R', 'S', 'D', 'T', 't', 'I', 'Z', 'X'})
    void onlyTheEndedAreZombies(char state) {
        ProcStat stat = ProcStat.parse("42 (cat) " + state + REST.substring(2));
        assertThat(stat.state()).isEqualTo(state);
        assertThat(stat.isZombie()).isEqualTo(state == 'Z' || state == 'X');
    }
}
