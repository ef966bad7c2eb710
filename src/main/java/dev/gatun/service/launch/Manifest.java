package dev.gatun.service.launch;

import static java.util.Objects.requireNonNull;

import dev.gatun.config.Node;
import dev.gatun.config.Problems;
import dev.gatun.config.YamlReader;
import dev.gatun.config.YamlReader.DuplicateKeys;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;
import dev.gatun.service.config.ConfigType;
import dev.gatun.service.config.ServiceConfig;
import java.util.Optional;

/**
 * The name and version of a service, from the manifest of its distribution ({@code product-name} and
 * {@code product-version} at the top of a YAML file, which JSON is too).
 *
 * @param file as it is named to people
 * @param content empty where there is no such file
 * @param failure why it could not be read
 */
public record Manifest(String file, Optional<byte[]> content, Optional<String> failure) {

    private static final String UNKNOWN_NAME = "unknown";
    private static final String UNKNOWN_VERSION = "0.0.0";

    public Manifest {
        requireNonNull(file);
        requireNonNull(content);
        requireNonNull(failure);
    }

    /** Reads the file, whatever is in it. */
    public static Manifest read(Libc libc, String file) {
        try {
            return new Manifest(file, ProcFile.read(libc, file, (int) YamlReader.MAX_BYTES + 1), Optional.empty());
        } catch (LinuxException failure) {
            return new Manifest(file, Optional.empty(), Optional.of(failure.getMessage()));
        }
    }

    /**
     * Who a service is. The command line wins. Without it a Java service or an executable has its name in its
     * configuration, and a Python service in the manifest.
     *
     * @param name of the command line; empty text counts as absent, as with the version
     * @throws LaunchProblem for a name that cannot be one
     */
    public static Metadata metadata(
            Libc libc, DistRoot root, ServiceConfig config, Optional<String> name, Optional<String> version) {
        Optional<String> givenName = notEmpty(name);
        Optional<String> givenVersion = notEmpty(version);
        if (givenName.isPresent() && givenVersion.isPresent()) {
            return new Metadata(givenName.get(), givenVersion.get(), Optional.empty());
        }
        Manifest manifest = read(libc, root.resolve(config.paths().manifest()).toString());
        return config.type() == ConfigType.PYTHON
                ? manifest.python(givenName, givenVersion)
                : manifest.other(givenName.orElse(config.serviceName().orElse(UNKNOWN_NAME)), givenVersion);
    }

    private Metadata python(Optional<String> givenName, Optional<String> givenVersion) {
        Problems problems = new Problems();
        Optional<Node.Mapping> root = root(problems);
        String name = text(root, "product-name");
        if (!name.isEmpty()) {
            return new Metadata(
                    givenName.orElse(name), givenVersion.orElse(text(root, "product-version")), Optional.empty());
        }
        Metadata made = new Metadata(
                givenName.orElse(UNKNOWN_NAME), givenVersion.orElse(UNKNOWN_VERSION), Optional.empty());
        return new Metadata(made.name(), made.version(), Optional.of(
                why(problems) + "; the service is " + made.name() + ", version " + made.version()));
    }

    /** Launchers for these have never looked into a manifest, and so nobody is warned of one that is not there. */
    private Metadata other(String name, Optional<String> givenVersion) {
        String version = text(root(new Problems()), "product-version");
        return new Metadata(
                name, givenVersion.orElse(version.isEmpty() ? UNKNOWN_VERSION : version), Optional.empty());
    }

    private Optional<Node.Mapping> root(Problems problems) {
        return content.isEmpty()
                ? Optional.empty()
                : YamlReader.read(file, content.get(), DuplicateKeys.LAST_WINS_WITH_WARNING, problems);
    }

    private String why(Problems problems) {
        if (failure.isPresent()) {
            return "the manifest cannot be read: " + failure.get();
        }
        if (content.isEmpty()) {
            return "there is no manifest " + file;
        }
        return problems.hasErrors()
                ? "the manifest cannot be read: " + problems.list().get(0).describe()
                : "the manifest " + file + " has no product-name at its top";
    }

    private static String text(Optional<Node.Mapping> root, String key) {
        Optional<Node> value = root.isEmpty() ? Optional.empty() : root.get().get(key);
        return value.isPresent() && value.get() instanceof Node.Scalar scalar && !scalar.isNull()
                ? scalar.text().strip()
                : "";
    }

    private static Optional<String> notEmpty(Optional<String> text) {
        return text.isPresent() && text.get().isEmpty() ? Optional.empty() : text;
    }
}
