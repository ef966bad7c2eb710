package dev.gatun.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SystemLibc;
import dev.gatun.linux.cgroup.CgroupMemory.Usage;
import dev.gatun.linux.cgroup.OomEvidence.Finding;
import dev.gatun.linux.cgroup.OomEvidence.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Usage and kills, from files as kernels write them. */
class CgroupFilesTest {

    @TempDir
    private Path folder;

    private void write(String file, String content) throws IOException {
        Path path = folder.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }

    private Optional<Usage> usage(CgroupVersion version) {
        CgroupFolder group = new CgroupFolder(version, folder.toString(), folder.toString());
        return new CgroupMemory(new SystemLibc(), group).usage();
    }

    @Test
    void usageOfVersion2() throws IOException {
        write("memory.current", "104857600\n");
        write("memory.stat", "anon 81920000\nfile 20000000\nactive_file 5000000\ninactive_file 15000000\n");
        assertThat(usage(CgroupVersion.V2)).contains(new Usage(104857600, 15000000));
        assertThat(usage(CgroupVersion.V2).orElseThrow().workingSetBytes()).isEqualTo(89857600);
    }

    @Test
    void usageOfVersion1CountsTheGroupsBelowIn() throws IOException {
        write("memory.usage_in_bytes", "1000\n");
        write("memory.stat", "inactive_file 100\ntotal_cache 7\ntotal_inactive_file 300\ntotal_active_file 5\n");
        assertThat(usage(CgroupVersion.V1)).contains(new Usage(1000, 300));
    }

    @Test
    void theTwoFilesMayDisagree() throws IOException {
        write("memory.current", "1000\n");
        write("memory.stat", "inactive_file 1001");
        assertThat(usage(CgroupVersion.V2).orElseThrow().workingSetBytes()).isZero();
        write("memory.stat", "");
        assertThat(usage(CgroupVersion.V2).orElseThrow().workingSetBytes()).isEqualTo(1000);
    }

    @Test
    void aGroupWithoutAccountsHasNone() throws IOException {
        assertThat(usage(CgroupVersion.V1)).isEmpty();
        assertThat(usage(CgroupVersion.V2)).isEmpty();
        write("memory.stat", "inactive_file 1\n");
        assertThat(usage(CgroupVersion.V2)).isEmpty();
        write("memory.current", "none\n");
        assertThat(usage(CgroupVersion.V2)).isEmpty();
    }

    @Test
    void keysAreWhole() {
        assertThat(FlatKeyed.value("total_x 1\nx 2\nxx 3\n", "x")).hasValue(2);
        assertThat(FlatKeyed.value("oom 5\noom_kill 1", "oom_kill")).hasValue(1);
        assertThat(FlatKeyed.value("x 2\n", "y")).isEmpty();
        assertThat(FlatKeyed.value("x", "x")).isEmpty();
        assertThat(FlatKeyed.value("x \n", "x")).isEmpty();
        assertThat(FlatKeyed.value("", "x")).isEmpty();
    }

    private OomEvidence evidence(String type, String controllers) {
        String mount = "30 25 0:26 / " + folder + " rw - " + type + " x rw" + controllers + "\n";
        String line = type.equals("cgroup") ? "4:memory:/a/b\n" : "0::/a/b\n";
        return new OomEvidence(new SystemLibc(),
                CgroupMembership.parse(line, mount, path -> Files.isDirectory(Path.of(path))));
    }

    private static String events(int kills) {
        return "low 0\nhigh 0\nmax 35\noom 1\noom_kill " + kills + "\noom_group_kill 0\n";
    }

    @Test
    void aCountThatWentUpInTheOwnGroupIsAKill() throws IOException {
        write("a/b/memory.events", events(0));
        write("a/memory.events", events(3));
        OomEvidence evidence = evidence("cgroup2", "");
        assertThat(evidence.look()).isEqualTo(new Finding(Verdict.NO, "memory.events oom_kill 0 as before"));
        write("a/b/memory.events", events(1));
        write("a/memory.events", events(4));
        assertThat(evidence.look()).isEqualTo(new Finding(Verdict.OOM_KILLED, "memory.events oom_kill 0 -> 1"));
        evidence.renew();
        assertThat(evidence.look().verdict()).isEqualTo(Verdict.NO);
    }

    @Test
    void aCountThatWentUpAboveMayBeAKill() throws IOException {
        write("a/b/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 0\n");
        write("a/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 3\n");
        OomEvidence evidence = evidence("cgroup", ",memory");
        write("a/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 5\n");
        assertThat(evidence.look()).isEqualTo(
                new Finding(Verdict.LIKELY, folder + "/a/memory.oom_control oom_kill 3 -> 5"));
    }

    /** The controller is not enabled for the group, so it shares the accounts of the one above. */
    @Test
    void aCountThatIsSharedMayBeOfAnother() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        write("a/memory.events", events(0));
        OomEvidence evidence = evidence("cgroup2", "");
        write("a/memory.events", events(1));
        assertThat(evidence.look()).isEqualTo(
                new Finding(Verdict.LIKELY, folder + "/a/memory.events oom_kill 0 -> 1"));
    }

    @Test
    void withoutACountOfGroupsTheMachinesTells() throws IOException {
        Files.createDirectories(folder.resolve("a/b"));
        Finding finding = evidence("cgroup2", "").look();
        assertThat(finding.verdict()).isEqualTo(Verdict.NO);
        assertThat(finding.evidence()).matches("/proc/vmstat oom_kill \\d+ as before");
    }
}
