package dev.gatun.linux;

import static dev.gatun.linux.Kernel.LIBC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.ffm.Linux;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

@ExtendWith(NoFdLeak.class)
class FileBatchTest {

    @TempDir
    private Path folder;

    private final FileBatch batch = new FileBatch(LIBC, 3);

    @AfterEach
    void close() {
        batch.close();
    }

    private Path write(String name, String content) throws Exception {
        return Files.writeString(folder.resolve(name), content);
    }

    private int add(Path file) {
        return batch.add(Fd.open(LIBC, CString.of(file.toString()), Linux.O_RDONLY()));
    }

    private String text(int place) {
        return new String(batch.bytes(), place * FileBatch.FILE_BYTES, batch.count(place), StandardCharsets.US_ASCII);
    }

    @Test
    void readsEachFileAnewEachTime() throws Exception {
        Path one = write("one", "first");
        int first = add(one);
        int second = add(write("two", "x".repeat(1000)));
        batch.read();
        assertThat(text(first)).isEqualTo("first");
        assertThat(text(second)).isEqualTo("x".repeat(FileBatch.FILE_BYTES));
        Files.writeString(one, "changed!");
        batch.read();
        assertThat(text(first)).isEqualTo("changed!");
        batch.read();
        assertThat(text(first)).isEqualTo("changed!");
    }

    @Test
    void oneThatFailsDoesNotKeepTheNextFromBeingRead() throws Exception {
        int directory = add(folder);
        int file = add(write("file", "content"));
        batch.read();
        assertThat(batch.count(directory)).isEqualTo(-Errno.EISDIR);
        assertThat(text(file)).isEqualTo("content");
    }

    @Test
    void removedPlacesAreTakenAgain() throws Exception {
        int first = add(write("1", "one"));
        int second = add(write("2", "two"));
        int third = add(write("3", "three"));
        assertThat(batch.hasRoom()).isFalse();
        batch.remove(second);
        assertThat(batch.hasRoom()).isTrue();
        batch.read();
        assertThat(batch.count(second)).isEqualTo(-Errno.EBADF);
        assertThat(text(first) + text(third)).isEqualTo("onethree");
        assertThat(add(write("4", "four"))).isEqualTo(second);
        batch.read();
        assertThat(text(first) + text(second) + text(third)).isEqualTo("onefourthree");
    }

    @Test
    void thereIsNoRoomForMoreThanWasSaid() throws Exception {
        Path file = write("file", "");
        add(file);
        add(file);
        add(file);
        try (Fd fourth = Fd.open(LIBC, CString.of(file.toString()), Linux.O_RDONLY())) {
            assertThatThrownBy(() -> batch.add(fourth)).isInstanceOf(IndexOutOfBoundsException.class);
        }
    }

    @Test
    void anEmptyBatchReadsNothing() {
        batch.read();
        assertThat(batch.hasRoom()).isTrue();
    }

    /** That is why files are kept open: their process's pid may be another's by the next look. */
    @Test
    void aFileOfAProcessEndsWithIt() {
        int place;
        try (RealChild child = RealChild.cat(RealChild.NOTHING)) {
            place = add(child.proc("statm"));
            batch.read();
            assertThat(batch.count(place)).isPositive();
        }
        batch.read();
        assertThat(batch.count(place)).isEqualTo(-Errno.ESRCH);
    }
}
