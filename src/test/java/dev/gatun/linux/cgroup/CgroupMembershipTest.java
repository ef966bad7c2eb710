package dev.gatun.linux.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.SystemLibc;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;

/** On texts as kernels write them, and on this machine. */
class CgroupMembershipTest {

    private static final String V2_MOUNT =
            "29 23 0:26 / /sys/fs/cgroup rw,nosuid,nodev,noexec,relatime shared:4 - cgroup2 cgroup2 rw,nsdelegate\n";

    private static final String V1_MOUNTS = """
            22 27 0:21 / /proc rw,relatime - proc proc rw
            30 25 0:26 / /sys/fs/cgroup ro,nosuid shared:9 - tmpfs tmpfs ro,mode=755
            33 30 0:29 / /sys/fs/cgroup/systemd rw,nosuid shared:11 - cgroup cgroup rw,xattr,name=systemd
            38 30 0:33 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:16 - cgroup cgroup rw,cpu,cpuacct
            39 30 0:34 / /sys/fs/cgroup/memory rw,nosuid shared:17 - cgroup cgroup rw,memory
            40 30 0:35 / /sys/fs/cgroup/pids rw,nosuid shared:18 - cgroup cgroup rw,pids
            """;

    private static CgroupMembership parse(String cgroup, String mounts, String... groups) {
        Set<String> existing = Set.of(groups);
        return CgroupMembership.parse(cgroup, mounts, existing::contains);
    }

    @Test
    void version2UnderSystemd() {
        String service = "/sys/fs/cgroup/system.slice/gatun.service";
        CgroupMembership own = parse("0::/system.slice/gatun.service\n", V2_MOUNT, service, "/sys/fs/cgroup");
        assertThat(own.layout()).isEqualTo(CgroupLayout.V2);
        assertThat(own.unified()).contains(new CgroupFolder(CgroupVersion.V2, service, "/sys/fs/cgroup"));
        assertThat(own.controller("memory")).isEqualTo(own.unified());
    }

    @Test
    void version2InANamespaceOfItsOwn() {
        CgroupMembership own = parse("0::/\n", V2_MOUNT, "/sys/fs/cgroup");
        assertThat(own.unified().orElseThrow().path()).isEqualTo("/sys/fs/cgroup");
    }

    @Test
    void version1HasAHierarchyForEachController() {
        CgroupMembership own = parse("""
                12:pids:/user.slice/user-1000.slice
                7:cpu,cpuacct:/user.slice
                4:memory:/user.slice/user-1000.slice
                1:name=systemd:/user.slice/user-1000.slice/session-2.scope
                """, V1_MOUNTS,
                "/sys/fs/cgroup/pids/user.slice/user-1000.slice",
                "/sys/fs/cgroup/cpu,cpuacct/user.slice",
                "/sys/fs/cgroup/memory/user.slice/user-1000.slice",
                "/sys/fs/cgroup/systemd/user.slice/user-1000.slice/session-2.scope");
        assertThat(own.layout()).isEqualTo(CgroupLayout.V1);
        assertThat(own.unified()).isEmpty();
        assertThat(path(own, "cpu")).isEqualTo("/sys/fs/cgroup/cpu,cpuacct/user.slice");
        assertThat(path(own, "cpuacct")).isEqualTo("/sys/fs/cgroup/cpu,cpuacct/user.slice");
        assertThat(path(own, "memory")).isEqualTo("/sys/fs/cgroup/memory/user.slice/user-1000.slice");
        assertThat(path(own, "name=systemd")).endsWith("/session-2.scope");
        assertThat(own.controller("hugetlb")).isEmpty();
    }

    @Test
    void hybridHasControllersByVersion1AndTheRestByVersion2() {
        String mounts = V1_MOUNTS + "31 30 0:27 / /sys/fs/cgroup/unified rw,nosuid shared:10 - cgroup2 cgroup2 rw\n";
        CgroupMembership own = parse(
                "4:memory:/a\n0::/a/b\n", mounts, "/sys/fs/cgroup/memory/a", "/sys/fs/cgroup/unified/a/b");
        assertThat(own.layout()).isEqualTo(CgroupLayout.HYBRID);
        assertThat(path(own, "memory")).isEqualTo("/sys/fs/cgroup/memory/a");
        assertThat(own.unified().orElseThrow().path()).isEqualTo("/sys/fs/cgroup/unified/a/b");
        assertThat(path(own, "io")).as("no hierarchy of its own").isEqualTo("/sys/fs/cgroup/unified/a/b");
    }

    @Test
    void dockerShowsThePathOfTheHostAndMountsTheContainersGroup() {
        String id = "/docker/4fa1c6";
        String mounts = "620 618 0:34 " + id + " /sys/fs/cgroup/memory ro,nosuid master:17 - cgroup cgroup rw,memory\n";
        CgroupMembership own = parse("4:memory:" + id + "\n", mounts, "/sys/fs/cgroup/memory");
        assertThat(path(own, "memory")).isEqualTo("/sys/fs/cgroup/memory");
        CgroupMembership nested = parse("4:memory:" + id + "/worker\n", mounts, "/sys/fs/cgroup/memory/worker");
        assertThat(path(nested, "memory")).isEqualTo("/sys/fs/cgroup/memory/worker");
    }

    @Test
    void groupWithALongerNameIsNotBelowTheRoot() {
        String mounts = "620 618 0:34 /docker/4f /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory\n";
        CgroupMembership own =
                parse("4:memory:/docker/4fa\n", mounts, "/sys/fs/cgroup/memorya", "/sys/fs/cgroup/memory");
        assertThat(path(own, "memory")).isEqualTo("/sys/fs/cgroup/memory");
    }

    /** Kubernetes below some engines: the mount begins at the container's group and says that it is the root. */
    @Test
    void hostPathThatIsNotInTheMountEndsAtTheLongestPartThatIs() {
        String path = "/kubepods/burstable/pod7/5c1";
        assertThat(parse("0::" + path + "\n", V2_MOUNT, "/sys/fs/cgroup")
                .unified().orElseThrow().path())
                .isEqualTo("/sys/fs/cgroup");
        assertThat(parse("0::" + path + "/init\n", V2_MOUNT, "/sys/fs/cgroup", "/sys/fs/cgroup/init")
                .unified().orElseThrow().path())
                .isEqualTo("/sys/fs/cgroup/init");
    }

    @Test
    void mountThatShowsTheGroupIsPreferred() {
        String mounts = """
                50 40 0:34 /other /mnt/other rw - cgroup2 cgroup2 rw
                51 40 0:34 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw
                """;
        CgroupMembership own = parse("0::/a\n", mounts, "/mnt/other", "/sys/fs/cgroup/a");
        assertThat(own.unified().orElseThrow().path()).isEqualTo("/sys/fs/cgroup/a");
    }

    @Test
    void groupOutsideOfOurNamespaceIsNotInAnyMount() {
        CgroupMembership other =
                parse("0::/../../system.slice\n", V2_MOUNT, "/sys/fs/cgroup", "/sys/fs/cgroup/system.slice");
        assertThat(other.unified()).isEmpty();
    }

    @Test
    void mountFromAboveOurNamespaceShowsItsNeighbours() {
        String mounts = "51 40 0:34 /.. /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
        CgroupMembership other = parse("0::/../b\n", mounts, "/sys/fs/cgroup/b");
        assertThat(other.unified().orElseThrow().path()).isEqualTo("/sys/fs/cgroup/b");
    }

    /** unshare --cgroup without a mount of one's own: the limit of whoever is at the mount point is not ours. */
    @Test
    void mountFromAboveOurNamespaceDoesNotTellWhichGroupIsOurs() {
        String mounts = "51 47 0:32 /../.. /sys/fs/cgroup/memory rw,relatime - cgroup cgroup rw,memory\n";
        CgroupMembership own = parse("4:memory:/\n", mounts, "/sys/fs/cgroup/memory");
        assertThat(own.controller("memory")).isEmpty();
    }

    @Test
    void deletedGroupKeepsItsPlace() {
        CgroupMembership own = parse("0::/a (deleted)\n", V2_MOUNT, "/sys/fs/cgroup/a");
        assertThat(own.unified().orElseThrow().path()).isEqualTo("/sys/fs/cgroup/a");
    }

    @Test
    void pathsMayHoldColonsAndBlanks() {
        String mounts = "51 40 0:34 / /mnt/my\\040groups rw - cgroup2 cgroup2 rw\n";
        CgroupMembership own = parse("0::/a:b c\n", mounts, "/mnt/my groups/a:b c");
        assertThat(own.unified().orElseThrow().path()).isEqualTo("/mnt/my groups/a:b c");
    }

    @Test
    void nothingMountedIsNoGroup() {
        CgroupMembership own = parse("0::/\n", "22 27 0:21 / /proc rw,relatime - proc proc rw\n");
        assertThat(own.layout()).isEqualTo(CgroupLayout.NONE);
        assertThat(own.unified()).isEmpty();
        assertThat(own.controller("memory")).isEmpty();
        assertThat(parse("", "").layout()).isEqualTo(CgroupLayout.NONE);
    }

    @Test
    void upwardsEndsAtTheMount() {
        assertThat(new CgroupFolder(CgroupVersion.V2, "/cg/a/b", "/cg").upwards().stream()
                .map(CgroupFolder::path))
                .isEqualTo(List.of("/cg/a/b", "/cg/a", "/cg"));
        assertThat(new CgroupFolder(CgroupVersion.V2, "/cg", "/cg").upwards()).hasSize(1);
    }

    @Test
    @EnabledIf("hasCgroups")
    void findsUsOnThisMachine() throws Exception {
        SystemLibc libc = new SystemLibc();
        CgroupMembership own = CgroupMembership.own(libc);
        assertThat(own.layout()).isNotEqualTo(CgroupLayout.NONE);
        for (String controller : List.of("memory", "cpu", "pids")) {
            CgroupFolder folder = own.controller(controller).orElseThrow();
            assertThat(Files.readAllLines(Path.of(folder.path(), "cgroup.procs")))
                    .contains(Long.toString(ProcessHandle.current().pid()));
        }
        assertThat(CgroupMembership.of(libc, (int) libc.getpid()).controller("memory"))
                .isEqualTo(own.controller("memory"));
        assertThat(CgroupMembership.of(libc, Integer.MAX_VALUE).controller("memory")).isEmpty();
    }

    static boolean hasCgroups() {
        return CgroupMembership.own(new SystemLibc()).controller("memory").isPresent();
    }

    private static String path(CgroupMembership membership, String controller) {
        return membership.controller(controller).orElseThrow().path();
    }
}
