package dev.gatun.bench;

import dev.gatun.linux.CString;
import dev.gatun.process.ProcessSetup;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A program without arguments, and this process's environment for it, in the forms that the contenders take. */
public record Command(String path, List<CString> arguments, List<CString> environment) {

    public static Command of(String path) {
        List<CString> environment = new ArrayList<>();
        for (Map.Entry<String, String> entry : System.getenv().entrySet()) {
            environment.add(CString.of(entry.getKey() + "=" + entry.getValue()));
        }
        return new Command(path, CString.listOf(path), environment);
    }

    public CString program() {
        return CString.of(path);
    }

    /** As the supervisor sets its children up when nothing is asked for: a process group, and death with the parent. */
    public ProcessSetup setup() {
        return new ProcessSetup(program(), arguments, environment);
    }
}
