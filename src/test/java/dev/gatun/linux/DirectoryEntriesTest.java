package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class DirectoryEntriesTest {

    @TempDir
    private Path folder;

    private final Map<Integer, Long> found = new HashMap<>();

    private Map<Integer, Long> read(DirectoryEntries entries) {
        found.clear();
        entries.open();
        while (entries.next()) {
            if (entries.number() >= 0) {
                assertThat(found.put(entries.number(), entries.inode())).as("once").isNull();
            }
        }
        return found;
    }

    private DirectoryEntries entries() {
        return new DirectoryEntries(LIBC, CString.of(folder.toString()));
    }

    @Test
    void tellsNumbersAndInodes() throws Exception {
        Map<Integer, Long> expected = new HashMap<>();
        for (String name : new String[]{"1", "42", "007", "1234567890", "2147483647", "2147483648",
            "99999999999999999999", "-1", "4a", "a4", "a", "+7", " 8"}) {
            Path file = Files.createFile(folder.resolve(name));
            if (name.matches("[0-9]{1,10}") && Long.parseLong(name) <= Integer.MAX_VALUE) {
                expected.put(Integer.valueOf(name), (Long) Files.getAttribute(file, "unix:ino"));
            }
        }
        assertThat(read(entries())).isEqualTo(expected).hasSize(5);
    }

    @Test
    void readsAFolderThatIsLongerThanItsBufferAndReadsItAgain() throws Exception {
        for (int i = 0; i < 3000; i++) {
            Files.createFile(folder.resolve(Integer.toString(i)));
        }
        DirectoryEntries entries = entries();
        assertThat(read(entries)).hasSize(3000).containsKeys(0, 1, 2999);
        Files.delete(folder.resolve("1"));
        assertThat(read(entries)).hasSize(2999).doesNotContainKey(1);
    }

    @Test
    void givingUpInBetweenLeavesNothingOpen() {
        DirectoryEntries entries = new DirectoryEntries(LIBC, CString.of("/proc"));
        entries.open();
        assertThat(entries.next()).isTrue();
        entries.open();
        assertThat(entries.next()).isTrue();
        entries.close();
        entries.close();
    }

    /** That is what the numbers are read for. */
    @Test
    void aProcessKeepsItsInodeAndAnotherHasAnother() {
        DirectoryEntries entries = new DirectoryEntries(LIBC, CString.of("/proc"));
        try (RealChild first = RealChild.cat(RealChild.NOTHING); RealChild second = RealChild.cat(RealChild.NOTHING)) {
            long inode = read(entries).get(first.pid());
            assertThat(read(entries)).containsEntry(first.pid(), inode);
            assertThat(found.get(second.pid())).isNotEqualTo(inode);
        }
    }

    @Test
    void whatCannotBeReadIsNamed() {
        assertThatThrownBy(() -> new DirectoryEntries(LIBC, CString.of(folder + "/none")).open())
                .hasMessage("open(" + folder + "/none): ENOENT (No such file or directory)");
        try (DirectoryEntries file = new DirectoryEntries(LIBC, CString.of("/proc/self/stat"))) {
            file.open();
            assertThatThrownBy(file::next).hasMessage("getdents64(/proc/self/stat): ENOTDIR (Not a directory)");
        }
    }
}
