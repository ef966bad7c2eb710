package dev.gatun.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import dev.gatun.service.config.ConfigFiles;
import dev.gatun.service.config.ServiceConfig;
import dev.gatun.service.launch.DistRoot;
import dev.gatun.service.launch.LaunchProblem;
import dev.gatun.service.launch.Metadata;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServicePlannerTest {

    private static final Libc LIBC = new SystemLibc();

    @TempDir
    Path folder;

    private ServicePlan plan(String... lines) throws IOException {
        Path file = Files.writeString(folder.resolve("s.yml"), """
                configVersion: 1
                launchMode: command
                executable: /bin/true
                """ + String.join("\n", lines));
        ConfigFiles files =
                ConfigFiles.read(LIBC, file.toString(), Optional.empty(), ConfigFiles.Purpose.SERVICE);
        assertThat(files.problems().hasErrors()).isFalse();
        ServiceConfig config = files.config();
        ServicePlanner planner = new ServicePlanner(LIBC, new DistRoot(CString.of(folder.toString())), config,
                new Metadata("web", "1", Optional.empty()), ServiceFacts.gather(LIBC, config));
        return planner.plan(planner.cpu(), planner.memory(), List.of());
    }

    @Test
    void plansEachProcess() throws IOException {
        ServicePlan plan = plan("subProcesses: {side: {launchMode: command, executable: /bin/false}}");
        assertThat(plan.primary().name()).isEqualTo("web");
        assertThat(plan.primary().program()).hasToString("/bin/true");
        assertThat(plan.subProcesses()).singleElement()
                .satisfies(one -> assertThat(one.process().program()).hasToString("/bin/false"));
    }

    @Test
    void aSubProcessIsNamedWhereSomethingIsMissing() {
        assertThatThrownBy(() -> plan("subProcesses: {side: {launchMode: command, executable: bin/gone}}"))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage("subProcesses.side: executable: there is no file " + folder.resolve("bin/gone"));
        assertThatThrownBy(() -> plan("subProcesses: {side: {executable: /bin/true, cgroupsV1: {nothing: here}}}"))
                .isInstanceOf(LaunchProblem.class)
                .hasMessageStartingWith("subProcesses.side: cgroupsV1: ");
    }

    /** The name comes from the manifest, so that the files alone do not tell. */
    @Test
    void aSubProcessHasAnotherNameThanTheService() {
        assertThatThrownBy(() -> plan("subProcesses: {web: {launchMode: command, executable: /bin/false}}"))
                .isInstanceOf(LaunchProblem.class)
                .hasMessage("subProcesses: web is the name of the service itself; a sub-process needs another one");
    }
}
