package dev.gatun.service.dump;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/**
 * The file that makes HotSpot listen: at a SIGQUIT it looks for {@code .attach_pidPID} in its current folder, then in
 * {@code /tmp}, and takes the first it finds for a request if it belongs to its own effective user or to root. Without
 * one it prints its threads. Removed at the end.
 */
final class AttachTrigger implements AutoCloseable {

    private static final String OWNER = "unix:uid";
    private static final int ROOT = 0;

    private final JvmProcess jvm;
    private final Path file;

    private AttachTrigger(JvmProcess jvm, Path file) {
        this.jvm = jvm;
        this.file = file;
    }

    /**
     * Makes it.
     *
     * @throws DumpFailure where it can be made in neither folder
     */
    static AttachTrigger make(JvmProcess jvm) throws DumpFailure {
        String problems = "";
        for (Path folder : new Path[]{jvm.currentFolder(), jvm.temporaryFolder()}) {
            Path file = folder.resolve(".attach_pid" + jvm.innerPid());
            try {
                makeFor(jvm.effectiveUser(), file);
                return new AttachTrigger(jvm, file);
            } catch (IOException refused) {
                problems += (problems.isEmpty() ? "" : "; ") + IoProblem.describe(refused);
            }
        }
        throw new DumpFailure(
                "the file that asks " + Words.process(jvm.process()) + " to listen cannot be made: " + problems);
    }

    private static void makeFor(int user, Path file) throws IOException {
        // Whose it is counts, and one that is left over may be anybody's. It is made anew and no link is followed, since
        // others may write in that folder and we may be root.
        Files.deleteIfExists(file);
        Files.createFile(file);
        Object owner = Files.getAttribute(file, OWNER, LinkOption.NOFOLLOW_LINKS);
        if (!owner.equals(ROOT) && !owner.equals(user)) {
            // A file server that does not trust root makes nobody of it.
            Files.deleteIfExists(file);
            throw new FileSystemException(file.toString(), null, "belongs to user " + owner + " once it is made");
        }
    }

    /** Has the JVM look; it listens a little later. */
    void pull() throws DumpFailure {
        jvm.wakeUp();
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(file);
        } catch (IOException refused) {
            // Empty and without meaning for anybody but this JVM: left where it is.
        }
    }
}
