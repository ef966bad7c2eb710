package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CStringTest {

    private static byte[] bytesOf(CString string) {
        byte[] bytes = new byte[string.length()];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = string.at(i);
        }
        return bytes;
    }

    private static CString withoutNul(byte[] bytes) {
        byte[] copy = bytes.clone();
        for (int i = 0; i < copy.length; i++) {
            copy[i] = copy[i] == 0 ? 1 : copy[i];
        }
        return CString.ofBytes(copy);
    }

    @Test
    void isTheUtf8OfAText() {
        assertThat(bytesOf(CString.of("a€"))).isEqualTo(new byte[]{'a', (byte) 0xe2, (byte) 0x82, (byte) 0xac});
        assertThat(CString.of("a€")).hasToString("a€");
        assertThat(CString.of("")).matches(CString::isEmpty);
    }

    @Test
    void keepsBytesThatAreNoText() {
        byte[] bytes = {(byte) 0xff, (byte) 0xfe, '/', (byte) 0x80};
        assertThat(bytesOf(CString.ofBytes(bytes))).isEqualTo(bytes);
        assertThat(CString.ofBytes(bytes)).hasToString("\ufffd\ufffd/\ufffd");
    }

    @Test
    void refusesANulInside() {
        assertThatThrownBy(() -> CString.of("a\0b")).isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("NUL");
        assertThatThrownBy(() -> CString.ofBytes(new byte[]{0})).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void splitsWhatTheKernelTerminates() {
        assertThat(CString.split("a\0\0bc\0".getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(CString.listOf("a", "", "bc"));
        assertThat(CString.split("a\0bc".getBytes(StandardCharsets.UTF_8))).isEqualTo(CString.listOf("a", "bc"));
        assertThat(CString.split(new byte[0])).isEmpty();
        assertThat(CString.split(new byte[1])).isEqualTo(CString.listOf(""));
    }

    @Property
    void splittingUndoesTerminating(@ForAll List<byte[]> parts) {
        ByteArrayOutputStream terminated = new ByteArrayOutputStream();
        List<CString> strings = new ArrayList<>();
        for (byte[] part : parts) {
            CString string = withoutNul(part);
            strings.add(string);
            terminated.writeBytes(bytesOf(string));
            terminated.write(0);
        }
        assertThat(CString.split(terminated.toByteArray())).isEqualTo(strings);
    }

    @Property
    void isCopiedWithATerminator(@ForAll byte[] bytes) {
        CString string = withoutNul(bytes);
        try (Arena arena = Arena.ofConfined()) {
            byte[] copied = string.allocate(arena).toArray(ValueLayout.JAVA_BYTE);
            assertThat(copied).isEqualTo(Arrays.copyOf(bytesOf(string), bytes.length + 1));
        }
    }

    @Test
    void arrayEndsWithANullPointer() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment array = CString.allocateArray(arena, CString.listOf("a", "bc"));
            assertThat(text(array, 0)).isEqualTo("a");
            assertThat(text(array, 1)).isEqualTo("bc");
            assertThat(array.getAtIndex(ValueLayout.JAVA_LONG, 2)).isZero();
            assertThat(CString.allocateArray(arena, List.of()).get(ValueLayout.JAVA_LONG, 0)).isZero();
        }
    }

    private static String text(MemorySegment array, int index) {
        long address = array.getAtIndex(ValueLayout.JAVA_LONG, index);
        return MemorySegment.ofAddress(address).reinterpret(100).getString(0);
    }

    @Property
    void joinsAndCuts(@ForAll byte[] first, @ForAll byte[] second) {
        CString head = withoutNul(first);
        CString tail = withoutNul(second);
        CString joined = head.plus(tail);
        assertThat(joined.startsWith(head)).isTrue();
        assertThat(joined.substring(0, head.length())).isEqualTo(head).hasSameHashCodeAs(head);
        assertThat(joined.substring(head.length(), joined.length())).isEqualTo(tail);
    }

    @Test
    void findsCharacters() {
        assertThat(CString.of("a/b/").indexOf('/')).isEqualTo(1);
        assertThat(CString.of("a/b/").contains('/')).isTrue();
        assertThat(CString.of("ab").contains('/')).isFalse();
        assertThat(CString.of("").indexOf('/')).isEqualTo(-1);
    }

    @Test
    void equalsByBytesAlone() {
        assertThat(CString.of("a")).isEqualTo(CString.ofBytes(new byte[]{'a'}));
        assertThat(CString.of("a")).isNotEqualTo(CString.of("b"));
        assertThat(CString.of("a").equals((Object) "a")).isFalse();
        assertThat(CString.of("ab").startsWith(CString.of("abc"))).isFalse();
    }
}
