package dev.gatun.service.launch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.linux.CString;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PathTextTest {

    @ParameterizedTest
    @CsvSource({
        "/,               /",
        "//,              /",
        "/a,              /a",
        "/a/,             /a",
        "/a//b/./c/,      /a/b/c",
        "/a/../b,         /b",
        "/a/b/../../..,   /",
        "/../../a,        /a",
        "/a/.../b,        /a/.../b",
        "/lib/*,          /lib/*"
    })
    void cleansDetours(String path, String clean) {
        assertThat(PathText.clean(CString.of(path))).isEqualTo(CString.of(clean));
    }

    @ParameterizedTest
    @CsvSource({"/a/b, /a", "/a/b/, /a", "/a, /", "/, /", "/a/./b, /a"})
    void knowsTheFolder(String path, String folder) {
        assertThat(PathText.folder(CString.of(path))).isEqualTo(CString.of(folder));
    }

    @Test
    void namesNeedNotBeText() {
        CString odd = CString.ofBytes(new byte[]{'/', (byte) 0xff, '/', '/', (byte) 0xfe});
        assertThat(PathText.clean(odd)).isEqualTo(CString.ofBytes(new byte[]{'/', (byte) 0xff, '/', (byte) 0xfe}));
    }
}
