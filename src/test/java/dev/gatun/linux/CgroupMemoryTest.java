package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.cgroup.CgroupFolder;
import dev.gatun.linux.cgroup.CgroupMembership;
import dev.gatun.linux.cgroup.CgroupMemory;
import dev.gatun.linux.cgroup.CgroupMemory.Usage;
import dev.gatun.linux.cgroup.EffectiveLimits;
import dev.gatun.linux.cgroup.LimitOutcome;
import dev.gatun.linux.cgroup.MemoryLimit;
import dev.gatun.linux.cgroup.OomEvidence;
import dev.gatun.linux.cgroup.OomEvidence.Finding;
import dev.gatun.linux.cgroup.OomEvidence.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Limits, usage and kills of a group of the test's own. */
@ExtendWith(NoFdLeak.class)
class CgroupMemoryTest {

    private static final long MIB = 1 << 20;

    private static Usage usage(CgroupMembership membership) {
        CgroupFolder folder = membership.controller("memory").orElseThrow();
        return new CgroupMemory(LIBC, folder).usage().orElseThrow();
    }

    @Test
    void theLimitIsFoundWhereItIsSet() throws Exception {
        try (MemoryGroup group = MemoryGroup.create().limited(64 * MIB);
                MemoryGroup child = group.child();
                Servant servant = child.servant()) {
            EffectiveLimits limits = new EffectiveLimits(LIBC, child.membership(servant));
            String file = group.folder() + "/" + group.limitFile();
            assertThat(limits.memory())
                    .isEqualTo(new MemoryLimit(LimitOutcome.LIMITED, 64 * MIB, file, "67108864 bytes, by " + file));
            child.limited(32 * MIB);
            assertThat(limits.memory().bytes()).isEqualTo(32 * MIB);
            assertThat(limits.memory().source()).startsWith(child.folder().toString());
        }
    }

    @Test
    void usageGrowsWithTheProcesses() throws Exception {
        try (MemoryGroup group = MemoryGroup.create(); Servant servant = group.servant()) {
            CgroupMembership membership = group.membership(servant);
            servant.ask("grow 1");
            Usage before = usage(membership);
            servant.ask("grow 32");
            Usage after = usage(membership);
            assertThat(after.bytes() - before.bytes()).isBetween(31 * MIB, 64 * MIB);
            assertThat(after.workingSetBytes() - before.workingSetBytes()).isBetween(31 * MIB, 64 * MIB);
            assertThat(after.inactiveFileBytes()).isBetween(0L, after.bytes());
        }
    }

    @Test
    void aKillForTheLimitLeavesEvidence() throws Exception {
        try (MemoryGroup group = MemoryGroup.create().limited(32 * MIB); Servant servant = group.servant()) {
            servant.ask("grow 1");
            OomEvidence evidence = new OomEvidence(LIBC, group.membership(servant));
            assertThat(evidence.look().verdict()).isEqualTo(Verdict.NO);
            servant.process().say("grow 64");
            assertThat(servant.process().collect().status().signal()).isEqualTo(Signal.KILL.number());
            Finding finding = evidence.look();
            assertThat(finding.verdict()).isEqualTo(Verdict.OOM_KILLED);
            assertThat(finding.evidence()).matches("memory\\.(events|oom_control) oom_kill 0 -> 1");
            evidence.renew();
            assertThat(evidence.look().verdict()).isEqualTo(Verdict.NO);
        }
    }

    @Test
    void aKillForTheLimitOfAGroupAboveIsCountedInTheVictims() throws Exception {
        try (MemoryGroup group = MemoryGroup.create().limited(32 * MIB);
                MemoryGroup child = group.child();
                Servant servant = child.servant()) {
            servant.ask("grow 1");
            OomEvidence evidence = new OomEvidence(LIBC, child.membership(servant));
            servant.process().say("grow 64");
            servant.process().collect();
            assertThat(evidence.look().verdict()).isEqualTo(Verdict.OOM_KILLED);
        }
    }

    @Test
    void somebodyElsesKillIsNone() {
        try (MemoryGroup group = MemoryGroup.create(); Servant servant = group.servant()) {
            servant.ask("grow 1");
            OomEvidence evidence = new OomEvidence(LIBC, group.membership(servant));
            servant.process().send(Signal.KILL);
            servant.process().collect();
            Finding finding = evidence.look();
            assertThat(finding.verdict()).isEqualTo(Verdict.NO);
            assertThat(finding.evidence()).endsWith("oom_kill 0 as before");
        }
    }
}
