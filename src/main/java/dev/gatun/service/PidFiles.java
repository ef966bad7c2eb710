package dev.gatun.service;

import dev.gatun.linux.Libc;
import dev.gatun.service.config.Program;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.config.SubProcess;
import dev.gatun.service.instance.ExpectedCommand;
import dev.gatun.service.instance.InstanceFile;
import dev.gatun.service.launch.DistRoot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which pid file a process of a service has, and by what its process is known where there is nothing but a number. */
final class PidFiles {

    private PidFiles() {}

    /**
     * @param name of the process
     * @param service name of the primary process
     */
    static InstanceFile of(Libc libc, DistRoot root, ServiceConfig config, String name, String service) {
        String path = config.paths().pidFile().replace("%s", name);
        SubProcess sub = config.subProcesses().get(name);
        Program program = sub == null || name.equals(service) ? config.program() : sub.program();
        List<String> words = new ArrayList<>();
        add(words, program.executable());
        add(words, program.mainClass());
        return new InstanceFile(libc, root.resolve(path).toString(),
                words.isEmpty() ? ExpectedCommand.ANY : ExpectedCommand.of(words));
    }

    private static void add(List<String> words, Optional<String> word) {
        if (word.isPresent()) {
            words.add(word.get());
        }
    }
}
