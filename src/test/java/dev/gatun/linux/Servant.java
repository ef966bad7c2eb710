package dev.gatun.linux;

import java.util.function.Consumer;

/**
 * A process that has memory and children as it is told to, line by line. {@code grow MIB} takes memory; {@code fork}
 * makes a child whom the next lines are for, and {@code up} ends it; {@code leave MIB} makes a child that only has
 * memory; {@code orphan MIB} such a grandchild, whose parent ends with the next line; {@code thrash MIB FILE} writes a file
 * and makes children that read it for ever. With {@code session} behind it the new process begins a session. Orphans come
 * to the first process, and all end when the input does.
 */
record Servant(RealChild process) implements AutoCloseable {

    private static final String SCRIPT = """
            import ctypes, os, select, sys
            ctypes.CDLL(None).prctl(36, 1, 0, 0, 0) # PR_SET_CHILD_SUBREAPER
            held = []
            def answer(text):
                os.write(1, (str(text) + "\\n").encode())
            def take(mib):
                held.append(bytearray(b"x") * (mib << 20))
            def is_over(millis):
                poll = select.poll()
                poll.register(0, 0) # nobody can write there any more
                return poll.poll(millis) != []
            def thrash(mib, name):
                with open(name, "wb") as file:
                    for i in range(mib):
                        file.write(os.urandom(1 << 20))
                    os.fsync(file.fileno())
                answer("written")
                for reader in range(4):
                    if os.fork() == 0:
                        while not is_over(0):
                            with open(name, "rb", buffering=0) as file:
                                while file.read(1 << 16):
                                    pass
                        os._exit(0)
            def serve():
                while True:
                    words = sys.stdin.readline().split()
                    if not words:
                        os._exit(0)
                    if words[0] == "grow":
                        take(int(words[1]))
                        answer("grown")
                    elif words[0] == "thrash":
                        thrash(int(words[1]), words[2])
                    elif words[0] == "fork":
                        child = os.fork()
                        if child == 0:
                            if words[-1] == "session":
                                os.setsid()
                            answer(os.getpid())
                            serve()
                            os._exit(0)
                        os.waitpid(child, 0)
                        answer("ended")
                    elif words[0] == "up":
                        return
                    elif words[0] in ("leave", "orphan"):
                        steps, answers = os.pipe()
                        middle = os.fork()
                        if middle == 0:
                            if words[0] == "orphan":
                                if os.fork() != 0:
                                    os.read(steps, 1)
                                    os._exit(0)
                            if words[-1] == "session":
                                os.setsid()
                            take(int(words[1]))
                            answer(os.getpid())
                            is_over(None)
                            os._exit(0)
                        if words[0] == "orphan":
                            sys.stdin.readline()
                            os.write(answers, b"x")
                            os.waitpid(middle, 0)
                            answer("orphaned")
                        os.close(steps)
                        os.close(answers)
            serve()
            """;

    static Servant start() {
        return start(RealChild.NOTHING);
    }

    static Servant start(Consumer<SpawnTape.Builder> steps) {
        return new Servant(RealChild.start(
                steps.andThen(builder -> builder.newSession()), "/usr/bin/env", "python3", "-S", "-c", SCRIPT));
    }

    int pid() {
        return process.pid();
    }

    String ask(String request) {
        process.say(request);
        return process.line();
    }

    int pidFrom(String request) {
        return Integer.parseInt(ask(request));
    }

    @Override
    public void close() {
        process.close();
    }
}
