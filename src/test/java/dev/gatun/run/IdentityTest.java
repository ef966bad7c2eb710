package dev.gatun.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.doctor.Libcs;
import dev.gatun.linux.Accounts;
import dev.gatun.linux.CString;
import dev.gatun.linux.SystemLibc;
import dev.gatun.process.ProcessSetup;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code --user} and {@code --groups}, by the steps that come of them. */
class IdentityTest {

    @TempDir
    private Path root;

    @BeforeEach
    void accounts() {
        Libcs.write(root, "/etc/passwd", """
                root:x:0:0:root:/root:/bin/sh
                web:x:33:34:web:/var/www:/usr/sbin/nologin
                """);
        Libcs.write(root, "/etc/group", """
                root:x:0:
                audio:x:29:web,other
                web:x:34:
                video:x:44:other,web
                """);
    }

    private List<String> steps(String user, String groups) {
        ProcessSetup setup = new ProcessSetup(CString.of("/bin/true"), CString.listOf("true"), List.of());
        new Identity(Accounts.read(Libcs.rooted(root, "/etc")))
                .apply(
                        Optional.ofNullable(user),
                        Optional.ofNullable(groups).map(names -> List.of(names.split(","))),
                        setup);
        return setup.tape(new SystemLibc()).describe().stream()
                .filter(step -> step.startsWith("setgroups") || step.startsWith("setres"))
                .toList();
    }

    @Test
    void userBringsItsGroups() {
        List<String> expected = List.of("setgroups(34, 29, 44)", "setresgid(34, 34, 34)", "setresuid(33, 33, 33)");
        assertThat(steps("web", null)).isEqualTo(expected);
        assertThat(steps("33", null)).as("by number").isEqualTo(expected);
    }

    @Test
    void givenGroupReplacesThem() {
        assertThat(steps("web:audio", null))
                .containsExactly("setgroups(29)", "setresgid(29, 29, 29)", "setresuid(33, 33, 33)");
    }

    @Test
    void numbersNeedNoAccount() {
        assertThat(steps("4000:4001", null))
                .containsExactly("setgroups(4001)", "setresgid(4001, 4001, 4001)", "setresuid(4000, 4000, 4000)");
    }

    @Test
    void groupsAlone() {
        assertThat(steps(null, "audio,7")).containsExactly("setgroups(29, 7)");
        assertThat(steps("web", "video"))
                .containsExactly("setgroups(44)", "setresgid(34, 34, 34)", "setresuid(33, 33, 33)");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            nobody-here |       | user nobody-here is not in /etc/passwd
            4000        |       | user 4000 is not in /etc/passwd, so its group must be given: 4000:GID
            web:nogroup |       | group nogroup is not in /etc/group
            web:        |       | group  is not in /etc/group
            4294967295:0 |      | user 4294967295 is not in /etc/passwd
            web         | x,y   | group x is not in /etc/group
            """)
    void refusesInOneSentence(String user, String groups, String sentence) {
        assertThatThrownBy(() -> steps(user, groups))
                .isInstanceOfSatisfying(LaunchRefused.class, refused -> {
                    assertThat(refused.exitCode()).isEqualTo(125);
                    assertThat(refused).hasMessage(sentence);
                });
    }
}
