package dev.gatun.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentChangesTest {

    private static final List<CString> OURS = CString.listOf("PATH=/bin", "HOME=/root", "PATHS=x");

    private static List<CString> apply(boolean clear, String... assignments) {
        return new EnvironmentChanges(clear, CString.listOf(assignments)).apply(OURS);
    }

    @Test
    void nothingChangesNothing() {
        assertThat(EnvironmentChanges.NONE.apply(OURS)).isSameAs(OURS);
    }

    @Test
    void assignmentReplacesTheVariableOfThatNameOnly() {
        assertThat(apply(false, "PATH=/usr/bin")).containsExactlyInAnyOrderElementsOf(
                CString.listOf("PATH=/usr/bin", "HOME=/root", "PATHS=x"));
    }

    @Test
    void laterAssignmentWins() {
        assertThat(apply(true, "A=1", "B=2", "A=3")).isEqualTo(CString.listOf("B=2", "A=3"));
    }

    @Test
    void clearedEnvironmentHasWhatIsAssignedAndPassedOn() {
        assertThat(apply(true, "HOME", "A=")).isEqualTo(CString.listOf("HOME=/root", "A="));
        assertThat(apply(true)).isEmpty();
    }

    @Test
    void nameThatWeDoNotHaveIsNotPassedOn() {
        assertThat(apply(false, "NOTHING")).isEqualTo(OURS);
        assertThat(apply(true, "NOTHING")).isEmpty();
    }

    @Test
    void bytesStayWhatTheyAre() {
        CString odd = CString.ofBytes(new byte[]{'H', 'O', 'M', 'E', '=', (byte) 0xff});
        assertThat(new EnvironmentChanges(false, List.of(odd)).apply(OURS)).contains(odd).hasSize(3);
        assertThat(new EnvironmentChanges(true, CString.listOf("X")).apply(List.of(
                CString.ofBytes(new byte[]{'X', '=', (byte) 0xfe}))))
                .containsExactly(CString.ofBytes(new byte[]{'X', '=', (byte) 0xfe}));
    }

    @Test
    void duplicatesOfTheInheritedEnvironmentAreReplacedAll() {
        assertThat(new EnvironmentChanges(false, CString.listOf("A=3")).apply(CString.listOf("A=1", "B=1", "A=2")))
                .isEqualTo(CString.listOf("B=1", "A=3"));
    }
}
