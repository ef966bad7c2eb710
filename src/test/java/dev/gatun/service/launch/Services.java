package dev.gatun.service.launch;

import dev.gatun.config.Node;
import dev.gatun.config.Problems;
import dev.gatun.config.Setting;
import dev.gatun.config.YamlReader;
import dev.gatun.config.YamlReader.DuplicateKeys;
import dev.gatun.config.YamlSection;
import dev.gatun.service.config.ServiceConfig;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Services as their files describe them. What is wrong in a file is not for here: a launch does not come that far. */
final class Services {

    private Services() {}

    /** From lines of YAML. */
    static ServiceConfig read(String... lines) {
        return read(new ArrayList<>(), lines);
    }

    /** With all values and where they are from. */
    static ServiceConfig read(List<Setting> settings, String... lines) {
        Problems problems = new Problems();
        byte[] content = String.join("\n", lines).getBytes(StandardCharsets.UTF_8);
        Node.Mapping root = YamlReader.read("launcher-static.yml", content, DuplicateKeys.ERROR, problems)
                .orElseThrow(() -> new AssertionError(problems.list()));
        return YamlSection.read(root, ServiceConfig::read, problems, settings);
    }
}
