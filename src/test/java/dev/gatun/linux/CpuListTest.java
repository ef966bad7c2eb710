package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CpuListTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
                    0          | 0
                    0-3,8      | 0-3,8
                    8,0-3      | 0-3,8
                    0-7:2      | 0,2,4,6
                    1,2,3,5    | 1-3,5
                    ' 4 , 6-6' | 4,6
                    """)
    void readsLists(String text, String shortest) {
        assertThat(CpuList.text(CpuList.parse(text))).isEqualTo(shortest);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ",", "a", "0-", "-1", "3-1", "0-4:0", "1:2", "0-99999", "99999", "1-2-3", "0,,1", "٣"})
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> CpuList.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("\"" + text + "\" is no list such as 0-3,8 or 0-31:2");
    }

    @Property
    void readsWhatItWrites(@ForAll @NotEmpty java.util.Set<@IntRange(max = 4000) Integer> indices) {
        BitSet set = new BitSet();
        indices.forEach(set::set);
        assertThat(CpuList.parse(CpuList.text(set))).isEqualTo(set);
    }
}
