package dev.gatun.service.dump;

import dev.gatun.linux.CString;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/** What a JVM is asked for, and how it says that it has done it. */
enum AttachCommand {
    /**
     * The heap, all that is alive. {@code GC.heap_dump} of {@code jcmd} is the same, but would take {@code =} and {@code
     * %p} in a path for something else.
     */
    HEAP("hprof", "dumpheap", "", "", "-live", "Heap dump file created"),
    /** All flight recordings that run, as one. */
    JFR("jfr", "jcmd", "JFR.dump filename=", "\"", "", "Dumped recording");

    /** Of the protocol. Version 2 came with JDK 24, and 1 stays. */
    private static final String VERSION = "1";

    /** HotSpot drops the connection at longer ones. */
    private static final int ARGUMENT_MAX_BYTES = 1024;

    private final String extension;
    private final String command;
    private final String beforePath;
    private final String quote;
    private final String second;
    private final String success;

    AttachCommand(String extension, String command, String beforePath, String quote, String second, String success) {
        this.extension = extension;
        this.command = command;
        this.beforePath = beforePath;
        this.quote = quote;
        this.second = second;
        this.success = success;
    }

    String extension() {
        return extension;
    }

    /** What its answer contains if it is done. */
    String success() {
        return success;
    }

    /**
     * The request: version, command and always three arguments, each with a zero behind it.
     *
     * @throws DumpFailure where the path is longer than the protocol can say
     */
    ByteBuffer request(CString path) throws DumpFailure {
        CString argument = CString.of(beforePath + quote).plus(path).plus(CString.of(quote));
        if (argument.length() > ARGUMENT_MAX_BYTES) {
            throw new DumpFailure("the path of the dump is too long for a JVM: " + path.length() + " bytes");
        }
        ByteBuffer request = ByteBuffer.allocate(ARGUMENT_MAX_BYTES + 64);
        put(request, CString.of(VERSION));
        put(request, CString.of(command));
        put(request, argument);
        put(request, CString.of(second));
        put(request, CString.of(""));
        return request.flip();
    }

    private static void put(ByteBuffer request, CString text) {
        try (Arena arena = Arena.ofConfined()) {
            // As bytes, zero included: a path need not be text.
            request.put(text.allocate(arena).asByteBuffer());
        }
    }
}
