package dev.gatun.linux.proc;

import static dev.gatun.linux.proc.Lineage.Owner.COUNTED;
import static dev.gatun.linux.proc.Lineage.Owner.OTHER;
import static dev.gatun.linux.proc.Lineage.Owner.UNKNOWN;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.proc.Lineage.Owner;
import org.junit.jupiter.api.Test;

class LineageTest {

    private static final int US = 100;
    private static final int PRIMARY = 200;
    private static final int SIDECAR = 300;
    private static final long START = 7;

    private final Lineage tree = Lineage.from(PRIMARY, START);
    private final Lineage below = Lineage.below(US);

    private static Owner tell(Lineage lineage, int pid, int parent, int group, int session, long start) {
        StatLine stat = new StatLine();
        stat.set(parent, group, session, start);
        return lineage.tell(pid, stat);
    }

    @Test
    void theRootOfATreeIsCountedAndMarksItsGroupAndSession() {
        assertThat(tell(tree, PRIMARY, US, PRIMARY, PRIMARY, START)).isEqualTo(COUNTED);
        assertThat(tell(tree, 201, US, PRIMARY, 5, 8)).isEqualTo(COUNTED);
        assertThat(tell(tree, 202, US, 202, PRIMARY, 8)).isEqualTo(COUNTED);
        assertThat(tell(tree, 203, PRIMARY, 203, 203, 8)).as("a matter of its parent").isEqualTo(UNKNOWN);
        assertThat(tell(tree, 204, US, 204, 204, 8)).isEqualTo(UNKNOWN);
    }

    @Test
    void aNumberThatIsAnothersMarksNobody() {
        assertThat(tell(tree, PRIMARY, 1, PRIMARY, PRIMARY, START + 1)).isEqualTo(UNKNOWN);
        assertThat(tell(tree, 201, 1, PRIMARY, PRIMARY, 9)).isEqualTo(UNKNOWN);
        below.except(SIDECAR, START);
        assertThat(tell(below, SIDECAR, US, SIDECAR, SIDECAR, START + 1)).isEqualTo(COUNTED);
        assertThat(tell(below, 301, US, SIDECAR, SIDECAR, 9)).isEqualTo(COUNTED);
    }

    @Test
    void whatIsBelowAnAncestorIsCountedAndNotTheAncestor() {
        assertThat(tell(below, US, 1, US, US, 1)).isEqualTo(OTHER);
        assertThat(tell(below, PRIMARY, US, US, US, START)).isEqualTo(COUNTED);
        assertThat(tell(below, 900, US, 900, 900, 8)).as("an orphan without any mark").isEqualTo(COUNTED);
        assertThat(tell(below, 901, 900, 900, 900, 8)).isEqualTo(UNKNOWN);
        assertThat(tell(below, 2, 0, 0, 0, 0)).isEqualTo(UNKNOWN);
    }

    @Test
    void anExceptionTakesItsOrphansAlong() {
        below.except(SIDECAR, START);
        below.except(400, 9);
        assertThat(tell(below, SIDECAR, US, SIDECAR, US, START)).isEqualTo(OTHER);
        assertThat(tell(below, 301, US, SIDECAR, US, 9)).isEqualTo(OTHER);
        assertThat(tell(below, 302, US, 302, SIDECAR, 9)).isEqualTo(OTHER);
        assertThat(tell(below, 401, US, 400, 400, 9)).isEqualTo(OTHER);
        assertThat(tell(below, 303, US, 303, 303, 9)).isEqualTo(COUNTED);
    }
}
