package dev.gatun.service.it;

import dev.gatun.it.Await;
import dev.gatun.it.FreePorts;
import dev.gatun.it.Gatun;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A distribution of a service in a folder of the test's own: a copy of an example, or one that is made up. Ports of the
 * examples, 8080 to 8099, become free ones in its configuration files.
 */
final class Dist {

    static final String STATIC = "service/bin/launcher-static.yml";
    static final String CUSTOM = "var/conf/launcher-custom.yml";
    static final String CHECK = "service/bin/launcher-check.yml";
    static final String MANIFEST = "deployment/manifest.yml";

    /** Of this checkout: Maven runs the tests in its root. */
    private static final Path EXAMPLES = Path.of("examples/services").toAbsolutePath();

    private static final Pattern PORT = Pattern.compile("\\b80[89]\\d\\b");

    private final Path root;
    private final Map<Integer, Integer> ports = new TreeMap<>();

    private Dist(Path root) {
        this.root = root;
    }

    /** A copy of an example, as it is in the repository: what a run or a build has left there stays there. */
    static Dist example(Path parent, String name) {
        Dist dist = new Dist(parent.resolve(name));
        Path source = EXAMPLES.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Path relative = source.relativize(file);
                if (!isMade(relative)) {
                    Files.copy(file, dist.root.resolve(relative.toString()), LinkOption.NOFOLLOW_LINKS);
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        for (String file : List.of(STATIC, CUSTOM, CHECK)) {
            if (dist.has(file)) {
                dist.write(file, dist.read(file));
            }
        }
        return dist;
    }

    private static boolean isMade(Path relative) {
        return Stream
                .of("var/data", "var/log", "var/run", "classes", "service/lib/hello.jar", "service/bin/greeting.pex")
                .anyMatch(relative::startsWith)
                || relative.toString().contains("__pycache__");
    }

    /** One with a static file alone. */
    static Dist of(Path parent, String... staticFile) {
        try {
            return new Dist(Files.createTempDirectory(parent, "dist")).write(STATIC, staticFile);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** One that runs a command of this machine; more lines of its static file can be given. */
    static Dist command(Path parent, List<String> words, String... lines) {
        List<String> file = new ArrayList<>(List.of(
                "configType: python",
                "configVersion: 1",
                "launchMode: command",
                "executable: " + quote(words.getFirst())));
        file.add("args: [" + String.join(", ", words.stream().skip(1).map(Dist::quote).toList()) + "]");
        file.addAll(List.of(lines));
        return of(parent, file.toArray(String[]::new)).manifest("made-up", "1.2.3");
    }

    static Dist shell(Path parent, String script, String... lines) {
        return command(parent, List.of("/bin/sh", "-c", script), lines);
    }

    static String quote(String text) {
        return "'" + text.replace("'", "''") + "'";
    }

    Path root() {
        return root;
    }

    Path path(String file) {
        return root.resolve(file);
    }

    boolean has(String file) {
        return Files.exists(path(file));
    }

    String read(String file) {
        try {
            return Files.readString(path(file));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Writes a file line by line, with ports of its own in place of those of the examples. */
    Dist write(String file, String... lines) {
        String text = String.join("\n", lines);
        return writeBytes(file, PORT.matcher(text)
                .replaceAll(port -> Integer.toString(port(Integer.parseInt(port.group()))))
                .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    Dist writeBytes(String file, byte[] content) {
        try {
            Files.createDirectories(path(file).getParent());
            Files.write(path(file), content);
            return this;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    Dist manifest(String name, String version) {
        return write(MANIFEST, "product-name: " + name, "product-version: " + version);
    }

    /** Replaces a text that must be there. */
    Dist edit(String file, String text, String by) {
        String before = read(file);
        if (!before.contains(text)) {
            throw new AssertionError(file + " has no \"" + text + "\":\n" + before);
        }
        return write(file, before.replace(text, by));
    }

    Dist append(String file, String... lines) {
        return write(file, read(file) + "\n" + String.join("\n", lines) + "\n");
    }

    /** The free port in place of one that the files name. */
    int port(int named) {
        return ports.computeIfAbsent(named, port -> FreePorts.next());
    }

    /** {@code gatun service} for this distribution, in an environment that says nothing about services. */
    Gatun service(String... options) {
        List<String> words = new ArrayList<>(List.of("service", "--dist-root", root.toString()));
        words.addAll(List.of(options));
        return Environment.neutral(Gatun.of(words.toArray(String[]::new)), root);
    }

    /** The pid in a pid file, once it is there. */
    long pidIn(String file) {
        return Await.value("a pid in " + file, () -> {
            String text = has(file) ? read(file).strip() : "";
            return text.isEmpty() ? Optional.empty() : Optional.of(Long.valueOf(text));
        });
    }
}
