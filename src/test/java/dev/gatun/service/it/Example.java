package dev.gatun.service.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.spi.ToolProvider;

/**
 * An example that answers at a port and has a probe at another.
 *
 * @param pidFile relative to the folder
 * @param port of the service, as its files name it
 * @param probePort of the launcher, as its files name it
 * @param path that the service answers
 * @param afterTerm its exit code when TERM has ended it
 */
record Example(String name, String pidFile, int port, int probePort, String path, int afterTerm) {

    static final Example HELLO = new Example("hello", "var/run/hello.pid", 8080, 8081, "/", 0);
    static final Example MODULE = new Example("module", "var/run/greeter.pid", 8082, 8083, "/you", 0);
    /** uvicorn shuts down and then gives itself the signal that made it do so. */
    static final Example UVICORN = new Example("uvicorn", "var/run/asgi-greeting.pid", 8084, 8085, "/", 143);
    static final Example GUNICORN = new Example("gunicorn", "var/run/wsgi-greeting.pid", 8086, 8087, "/", 0);
    static final Example PEX = new Example("pex", "var/run/packed-greeting.pid", 8088, 8089, "/", 0);
    static final Example JAVA = new Example("java", "var/run/hello-java.pid", 8090, 8091, "/", 143);
    static final Example ANY_EXECUTABLE =
            new Example("any-executable", "var/run/static-files.pid", 8094, 8095, "/bin/", 143);

    /** A copy of it that can be run: built, where it has to be. */
    Dist in(Path parent) {
        switch (name) {
            case "uvicorn", "gunicorn", "pex" -> TestPython.assumeModule(name);
            default -> {}
        }
        Dist dist = Dist.example(parent, name);
        switch (name) {
            case "pex" -> TestPython.runIn(dist.root(), "-m", "pex", "-D", "src", "-m", "greeting",
                    "--python-shebang", "/usr/bin/env python3", "-o", "service/bin/greeting.pex");
            case "java" -> {
                use("javac", "-d", dist.path("classes").toString(), dist.path("src/Hello.java").toString());
                use("jar", "--create", "--file", dist.path("service/lib/hello.jar").toString(),
                        "-C", dist.path("classes").toString(), ".");
            }
            default -> {}
        }
        return dist;
    }

    private static void use(String tool, String... words) {
        StringWriter said = new StringWriter();
        PrintWriter writer = new PrintWriter(said);
        int code = ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, words);
        assertThat(code).as("exit code of %s, which said: %s", tool, said).isZero();
    }

    @Override
    public String toString() {
        return name;
    }
}
