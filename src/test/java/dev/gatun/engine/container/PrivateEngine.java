package dev.gatun.engine.container;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import dev.gatun.it.Await;
import java.io.File;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.URI;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A container engine of the tests' own, with folders of its own, and an image that is made here: nothing is pulled, and
 * an engine of the machine's is left alone.
 */
abstract class PrivateEngine implements AutoCloseable {

    static final String IMAGE = "localhost/gatun-test:1";

    private static final Path BUSYBOX = Path.of("/bin/busybox");

    final Path folder;
    private Process daemon;
    private DockerClient client;

    PrivateEngine() throws IOException {
        folder = Files.createTempDirectory("gatun-engine-");
    }

    /** Skips the tests where they cannot have an engine. */
    static void assumeFor(String program) {
        assumeTrue(isInstalled(program), program + " is not installed");
        assumeTrue("root".equals(System.getProperty("user.name")), "it takes root to run a container engine");
        assumeTrue(Files.isExecutable(BUSYBOX), "the image is made of busybox (Debian: busybox-static)");
    }

    static boolean isInstalled(String program) {
        return Stream.concat(Arrays.stream(System.getenv("PATH").split(":")), Stream.of("/usr/sbin", "/sbin"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }

    /** What runs the engine. */
    abstract List<String> command();

    abstract Map<String, String> environment();

    /** What it has made outside of its folder. */
    abstract void cleanUp() throws IOException;

    final Path socket() {
        return folder.resolve("engine.sock");
    }

    final String host() {
        return "unix://" + socket();
    }

    final DockerClient client() {
        return client;
    }

    final void begin() throws IOException {
        start();
        client = DockerClientImpl.getInstance(
                DefaultDockerClientConfig.createDefaultConfigBuilder().withDockerHost(host()).build(),
                new UnpooledTransport(
                        new ZerodepDockerHttpClient.Builder().dockerHost(URI.create(host())).build()));
        makeImage();
    }

    final void start() throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command()).redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("log").toFile()))
                .redirectInput(new File("/dev/null"));
        builder.environment().putAll(environment());
        daemon = builder.start();
        Await.until("an engine at " + socket(), () -> {
            if (!daemon.isAlive()) {
                throw new AssertionError("the engine ended: " + log());
            }
            return answers();
        });
    }

    /** Ends the engine, not its containers. */
    final void stop() throws IOException {
        if (daemon == null) {
            return;
        }
        daemon.destroy();
        try {
            if (!daemon.waitFor(30, TimeUnit.SECONDS)) {
                daemon.destroyForcibly().waitFor();
            }
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    final String log() {
        try {
            return Files.readString(folder.resolve("log"));
        } catch (IOException none) {
            return none.toString();
        }
    }

    private boolean answers() {
        try (SocketChannel channel = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            return channel.connect(UnixDomainSocketAddress.of(socket()));
        } catch (IOException notYet) {
            return false;
        }
    }

    private void makeImage() throws IOException {
        Path context = Files.createDirectories(folder.resolve("image"));
        Path bin = Files.createDirectories(context.resolve("root/bin"));
        Files.copy(BUSYBOX, bin.resolve("busybox"));
        for (String applet : List.of("sh", "echo", "sleep", "cat", "id", "env", "pwd", "seq", "dd", "true", "tail")) {
            Files.createSymbolicLink(bin.resolve(applet), Path.of("busybox"));
        }
        Files.createDirectories(context.resolve("root/tmp"));
        Files.createDirectories(context.resolve("root/work"));
        Files.createDirectories(context.resolve("root/etc"));
        Files.writeString(context.resolve("root/etc/passwd"), "root:x:0:0::/:/bin/sh\nguest:x:1234:2345::/:/bin/sh\n");
        Files.writeString(context.resolve("root/etc/group"), "root:x:0:\nguest:x:2345:\n");
        run("tar", "-C", context.resolve("root").toString(), "-cf", context.resolve("root.tar").toString(), ".");
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                ADD root.tar /
                ENV PATH=/bin FROM_IMAGE=yes
                ENTRYPOINT ["/bin/echo", "entry point:"]
                CMD ["command of the image"]
                """);
        run("rm", "-r", context.resolve("root").toString());
        String built = client.buildImageCmd(context.toFile())
                .withTags(Set.of(IMAGE))
                .exec(new BuildImageResultCallback())
                .awaitImageId();
        if (built.isEmpty()) {
            throw new AssertionError("no image: " + log());
        }
    }

    static void run(String... command) throws IOException {
        try {
            Process process = new ProcessBuilder(command).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD).start();
            process.waitFor();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public final void close() throws IOException {
        try (DockerClient closing = client) {
            if (closing != null) {
                closing.listContainersCmd().withShowAll(true).exec().forEach(container -> closing
                        .removeContainerCmd(container.getId()).withForce(true).exec());
            }
        } finally {
            stop();
            cleanUp();
            run("rm", "-rf", folder.toString());
        }
    }
}
