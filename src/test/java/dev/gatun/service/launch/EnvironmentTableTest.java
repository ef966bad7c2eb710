package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import java.util.List;
import org.junit.jupiter.api.Test;

class EnvironmentTableTest {

    private static EnvironmentTable table(String... inherited) {
        return new EnvironmentTable(CString.listOf(inherited));
    }

    private static List<CString> entries(String... entries) {
        return CString.listOf(entries);
    }

    @Test
    void whatIsSetStaysInItsPlace() {
        assertThat(table("A=1", "B=2", "C=3").set("B", "x").set("D", "4").finished())
                .isEqualTo(new ServiceEnvironment(entries("A=1", "B=x", "C=3", "D=4"), entries("B=x", "D=4")));
    }

    @Test
    void whatIsSetIsThereOnce() {
        assertThat(table("A=1", "B=2", "A=3", "AB=4", "A=5").set("A", "x").finished().entries())
                .isEqualTo(entries("A=x", "B=2", "AB=4"));
        assertThat(table().set("A", "1").set("A", "2").finished())
                .isEqualTo(new ServiceEnvironment(entries("A=2"), entries("A=2")));
    }

    @Test
    void whatIsThereIsNotAbsent() {
        assertThat(table("A=", "A=2").setIfAbsent("A", "x").setIfAbsent("B", "y").setIfAbsent("B", "z").finished())
                .isEqualTo(new ServiceEnvironment(entries("A=", "A=2", "B=y"), entries("B=y")));
    }

    @Test
    void whatIsNotTouchedStaysByteByByte() {
        List<CString> odd = List.of(
                CString.ofBytes(new byte[]{'X', '=', (byte) 0xff}), CString.of("no equals sign"), CString.of("=C:=x"),
                CString.of(""), CString.of("DOUBLE=1"), CString.of("DOUBLE=2"));
        assertThat(new EnvironmentTable(odd).set("A", "1").finished().entries())
                .startsWith(odd.toArray(CString[]::new))
                .endsWith(CString.of("A=1"))
                .hasSize(odd.size() + 1);
    }

    @Test
    void aFinishedOneCanBeAddedTo() {
        ServiceEnvironment environment = table("A=1", "B=2").set("B", "x").finished();
        assertThat(environment.with("NOTIFY_SOCKET", "/run/x").with("B", "y"))
                .isEqualTo(new ServiceEnvironment(
                        entries("A=1", "B=y", "NOTIFY_SOCKET=/run/x"), entries("B=y", "NOTIFY_SOCKET=/run/x")));
        assertThat(environment.entries()).isEqualTo(entries("A=1", "B=x"));
    }
}
