package dev.gatun.linux.proc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.proc.Lineage.Owner;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** On processes that are written down. */
class CensusTest {

    private static final int US = 10;
    private static final int ROOT = 20;

    private record Process(long inode, int parent, int group, int session, long start) {}

    private static final class Machine implements Census.Source {

        private final Map<Integer, Process> processes = new TreeMap<>();
        private final List<Integer> read = new ArrayList<>();
        private Iterator<Map.Entry<Integer, Process>> listing;
        private Map.Entry<Integer, Process> current;
        private Runnable meanwhile = () -> {};
        private int failsAt = -1;

        void put(int pid, int parent) {
            put(pid, new Process(1000 + pid, parent, pid, pid, pid));
        }

        void put(int pid, Process process) {
            processes.put(pid, process);
        }

        @Override
        public void open() {
            read.clear();
            listing = new TreeMap<>(processes).entrySet().iterator();
            meanwhile.run();
        }

        @Override
        public boolean next() {
            if (!listing.hasNext()) {
                return false;
            }
            current = listing.next();
            if (current.getKey() == failsAt) {
                throw new IllegalStateException("no memory");
            }
            return true;
        }

        @Override
        public int pid() {
            return current.getKey();
        }

        @Override
        public long inode() {
            return current.getValue().inode();
        }

        @Override
        public boolean read(int pid, StatLine into) {
            read.add(pid);
            Process process = processes.get(pid);
            if (process == null) {
                return false;
            }
            into.set(process.parent(), process.group(), process.session(), process.start());
            return true;
        }
    }

    private final Machine machine = new Machine();
    private final Census census = new Census(machine, Lineage.from(ROOT, ROOT));

    CensusTest() {
        machine.put(1, 0);
        machine.put(US, 1);
        machine.put(ROOT, US);
        machine.put(21, ROOT);
        machine.put(22, 21);
        machine.put(30, US);
        machine.put(31, 30);
    }

    private List<Integer> counted() {
        census.look();
        return census.processes().stream()
                .filter(process -> process.owner() == Owner.COUNTED)
                .map(KnownProcess::pid)
                .toList();
    }

    private List<Integer> left() {
        return census.left().stream().map(KnownProcess::pid).toList();
    }

    @Test
    void findsTheTreeAndReadsEachOnce() {
        assertThat(counted()).containsExactly(ROOT, 21, 22);
        assertThat(machine.read).containsExactly(1, US, ROOT, 21, 22, 30, 31);
        assertThat(counted()).containsExactly(ROOT, 21, 22);
        assertThat(machine.read).isEmpty();
        machine.put(40, 22);
        machine.put(41, 31);
        assertThat(counted()).containsExactly(ROOT, 21, 22, 40);
        assertThat(machine.read).containsExactly(40, 41);
    }

    @Test
    void childrenMayHaveSmallerPidsThanTheirParents() {
        machine.put(5, 22);
        machine.put(4, 5);
        machine.put(3, 4);
        machine.put(2, 31);
        assertThat(counted()).containsExactly(3, 4, 5, ROOT, 21, 22);
    }

    @Test
    void anOrphanIsRemembered() {
        census.look();
        machine.processes.remove(21);
        machine.put(22, new Process(1022, US, 22, 22, 22));
        machine.put(50, 22);
        assertThat(counted()).containsExactly(ROOT, 22, 50);
        assertThat(left()).containsExactly(21);
        machine.processes.remove(ROOT);
        assertThat(counted()).as("when the root is gone").containsExactly(22, 50);
        assertThat(left()).containsExactly(ROOT);
    }

    @Test
    void aPidThatWasGivenToAnotherIsLookedAtAnew() {
        census.look();
        machine.put(22, new Process(2022, 1, 22, 22, 99));
        machine.put(31, new Process(2031, 21, 31, 31, 99));
        assertThat(counted()).containsExactly(ROOT, 21, 31);
        assertThat(left()).containsExactly(22, 31);
        machine.put(ROOT, new Process(2020, 1, ROOT, ROOT, 99));
        machine.put(51, new Process(1051, 1, ROOT, ROOT, 99));
        assertThat(counted()).as("the new root is another's, and so is who is in its group").containsExactly(21, 31);
    }

    /** Folders of {@code /proc} that nobody has open are forgotten when memory is short, and get new numbers. */
    @Test
    void anOrphanIsRememberedUnderANewInode() {
        census.look();
        machine.processes.remove(21);
        machine.put(22, new Process(3022, US, 22, 22, 22));
        machine.put(30, new Process(3030, US, 30, 30, 30));
        assertThat(counted()).containsExactly(ROOT, 22);
        assertThat(machine.read).containsExactly(22, 30);
        assertThat(left()).containsExactly(21);
        assertThat(counted()).containsExactly(ROOT, 22);
        assertThat(machine.read).isEmpty();
    }

    @Test
    void whoEndsWhileWeLookIsLeftOut() {
        census.look();
        machine.put(23, 21);
        machine.put(24, 23);
        machine.meanwhile = () -> machine.processes.remove(23);
        assertThat(counted()).as("whose parent could not be read").containsExactly(ROOT, 21, 22);
        machine.put(24, new Process(1024, 21, 24, 24, 24));
        assertThat(counted()).as("until it can be told").containsExactly(ROOT, 21, 22, 24);
    }

    @Test
    void whoLeavesAtOnceWithANewInodeHasLeft() {
        census.look();
        machine.put(22, new Process(4022, 21, 22, 22, 22));
        machine.meanwhile = () -> machine.processes.remove(22);
        assertThat(counted()).containsExactly(ROOT, 21);
        assertThat(left()).containsExactly(22);
    }

    @Test
    void whatWasKnownBeforeAFailureIsKnownAfterIt() {
        census.look();
        machine.processes.remove(21);
        machine.put(22, new Process(1022, US, 22, 22, 22));
        machine.failsAt = 30;
        assertThatThrownBy(census::look).hasMessage("no memory");
        machine.failsAt = -1;
        assertThat(counted()).containsExactly(ROOT, 22);
        assertThat(left()).containsExactly(21);
    }
}
