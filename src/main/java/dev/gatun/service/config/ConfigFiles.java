package dev.gatun.service.config;

import dev.gatun.config.MergeRules;
import dev.gatun.config.Node;
import dev.gatun.config.NodeMerge;
import dev.gatun.config.Position;
import dev.gatun.config.Problems;
import dev.gatun.config.Setting;
import dev.gatun.config.YamlReader;
import dev.gatun.config.YamlReader.DuplicateKeys;
import dev.gatun.config.YamlSection;
import dev.gatun.linux.Errno;
import dev.gatun.linux.Libc;
import dev.gatun.linux.LinuxException;
import dev.gatun.linux.proc.ProcFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The two files of a service: read, put together, and judged together, with all that is wrong in them at once.
 *
 * @param config what counts; meaningful only where there is no error among the problems
 * @param settings every value that counts, with where it comes from
 * @param customIsThere whether there is a custom file
 */
public record ConfigFiles(
        ServiceConfig config, Problems problems, List<Setting> settings, boolean customIsThere) {

    /** What the operator's file adds to, and what it replaces. */
    private static final MergeRules RULES = MergeRules.none()
            .deep("memory", "watchdog", "watchdog.dump", "logging", "logging.capture", "restart", "experimental",
                    "subProcesses", "subProcesses.*", "subProcesses.*.experimental")
            .texts("env", "logging.fields", "cgroupsV1", "subProcesses.*.env", "subProcesses.*.cgroupsV1")
            .append("args", "pythonOpts", "jvmOpts",
                    "subProcesses.*.args", "subProcesses.*.pythonOpts", "subProcesses.*.jvmOpts");

    /** Keys of the custom file that say what the file is, and nothing about the service. */
    private static final Set<String> ABOUT_THE_FILE = Set.of("configType", "configVersion");

    /** A health check is a program of its own, for which the service's arguments are not meant. */
    private static final Set<String> NOT_FOR_A_CHECK = Set.of("configType", "configVersion", "args");

    /** Which pair of files it is. */
    public enum Purpose {
        SERVICE,
        CHECK
    }

    /**
     * Reads both files. A static file that is not there is a problem; a custom file that is not there is none.
     *
     * @param customPath empty for none at all
     */
    public static ConfigFiles read(
            Libc libc, String staticPath, Optional<String> customPath, Purpose purpose) {
        Problems problems = new Problems();
        Optional<byte[]> staticContent = content(libc, staticPath, problems);
        if (staticContent.isEmpty() && !problems.hasErrors()) {
            problems.error(new Position(staticPath, 1, 1), "", "there is no such file", "");
        }
        Optional<byte[]> customContent = customPath.isEmpty()
                ? Optional.empty()
                : content(libc, customPath.get(), problems);
        return of(staticPath, staticContent, customPath.orElse(""), customContent, purpose, problems);
    }

    /** Puts two contents together; for {@link #read}, and for tests. */
    static ConfigFiles of(
            String staticPath, Optional<byte[]> staticContent, String customPath, Optional<byte[]> customContent,
            Purpose purpose, Problems problems) {
        List<Setting> settings = new ArrayList<>();
        Optional<Node.Mapping> base = staticContent.isEmpty()
                ? Optional.empty()
                : mapping(staticPath, staticContent.get(), problems);
        Node.Mapping root = base.orElse(Node.Mapping.empty(staticPath));
        if (customContent.isPresent()) {
            Optional<Node.Mapping> custom = mapping(customPath, customContent.get(), problems);
            if (custom.isPresent()) {
                Node.Mapping allowed = OperatorsFile.judged(custom.get(), problems);
                root = NodeMerge.merge(root, without(
                        purpose == Purpose.CHECK ? NOT_FOR_A_CHECK : ABOUT_THE_FILE, allowed), RULES);
            }
        }
        // A file that cannot be read is not to be complained of for the keys that it seems not to have.
        Problems judged = base.isEmpty() ? new Problems() : problems;
        ServiceConfig config = YamlSection.read(withoutEmptyChoices(root), ServiceConfig::read, judged, settings);
        return new ConfigFiles(config, problems, settings, customContent.isPresent());
    }

    private static Optional<byte[]> content(Libc libc, String path, Problems problems) {
        try {
            // One byte more than may be tells that it is too large.
            return ProcFile.read(libc, path, (int) YamlReader.MAX_BYTES + 1);
        } catch (LinuxException failure) {
            String what = failure.errno() == Errno.EISDIR ? "a folder" : failure.getMessage();
            problems.error(new Position(path, 1, 1), "", what, "a file that can be read");
            return Optional.empty();
        }
    }

    /** The older launchers for java take the last of two keys; their files are to work on, with a warning. */
    private static Optional<Node.Mapping> mapping(String path, byte[] content, Problems problems) {
        Problems strict = new Problems();
        Optional<Node.Mapping> mapping = YamlReader.read(path, content, DuplicateKeys.ERROR, strict);
        if (strict.hasErrors()) {
            Problems lenient = new Problems();
            Optional<Node.Mapping> last =
                    YamlReader.read(path, content, DuplicateKeys.LAST_WINS_WITH_WARNING, lenient);
            if (last.isPresent() && !isPython(last.get())) {
                lenient.list().forEach(problems::add);
                return last;
            }
        }
        strict.list().forEach(problems::add);
        return mapping;
    }

    private static boolean isPython(Node.Mapping root) {
        Optional<Node> type = root.get("configType");
        String text = type.isPresent() && type.get() instanceof Node.Scalar scalar ? scalar.text() : "";
        return !text.equals(ConfigType.JAVA.text()) && !text.equals(ConfigType.EXECUTABLE.text());
    }

    private static Node.Mapping without(Set<String> keys, Node.Mapping custom) {
        List<Node.Entry> entries = new ArrayList<>(custom.entries());
        entries.removeIf(entry -> keys.contains(entry.key()));
        return new Node.Mapping(custom.position(), entries);
    }

    /** An empty text where a word is expected counts as absent, as it always did. */
    private static Node.Mapping withoutEmptyChoices(Node.Mapping root) {
        List<Node.Entry> entries = new ArrayList<>(root.entries());
        entries.removeIf(entry -> (entry.key().equals("configType") || entry.key().equals("launchMode"))
                && entry.value() instanceof Node.Scalar scalar && scalar.text().isEmpty());
        return new Node.Mapping(root.position(), entries);
    }
}
