package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The constants are what the assembler makes of the sources. */
@ExtendWith(NoFdLeak.class)
class SpawnStubTest {

    @Test
    void constantForX86IsTheAssembledSource() throws Exception {
        CCompiler.assumeInstalled("as", "binutils");
        // The system's own assembler, on a machine of the other kind, is one for the other kind.
        String prefix = Architecture.current() == Architecture.X86_64 ? "" : "x86_64-linux-gnu-";
        CCompiler.assumeInstalled(prefix + "as", "binutils-x86-64-linux-gnu");
        assertThat(assemble(prefix, "x86_64")).isEqualTo(SpawnStub.X86_64);
    }

    @Test
    void constantForAarch64IsTheAssembledSource() throws Exception {
        CCompiler.assumeInstalled("aarch64-linux-gnu-as", "binutils-aarch64-linux-gnu");
        assertThat(assemble("aarch64-linux-gnu-", "aarch64")).isEqualTo(SpawnStub.AARCH64);
    }

    @Test
    void stubsFitTheirPage() {
        assertThat(SpawnStub.X86_64.length() / 2).isLessThan(256);
        assertThat(SpawnStub.AARCH64.length() / 2).isLessThan(256);
    }

    private static String assemble(String prefix, String architecture) throws Exception {
        Path source = Path.of("src/main/asm", architecture, "spawn.s").toAbsolutePath();
        Path folder = Files.createTempDirectory("gatun-as");
        try {
            run(folder, prefix + "as", "-o", "spawn.o", source.toString());
            // Without relocations the code is the same wherever it is put.
            String relocations = run(folder, prefix + "objdump", "-r", "spawn.o");
            assertThat(relocations).doesNotContain("RELOCATION RECORDS");
            run(folder, prefix + "objcopy", "-O", "binary", "-j", ".text", "spawn.o", "spawn.bin");
            return HexFormat.of().formatHex(Files.readAllBytes(folder.resolve("spawn.bin")));
        } finally {
            CCompiler.delete(folder);
        }
    }

    private static String run(Path folder, String... command) throws Exception {
        CCompiler.Result result = CCompiler.run(folder, command);
        assertThat(result.errors()).as(String.join(" ", command)).isEmpty();
        assertThat(result.exitCode()).as(String.join(" ", command)).isZero();
        return result.output();
    }
}
