package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a C compiler says of constants, sizes and offsets. It compiles to assembly text, where a constant's value can be
 * read off: this way a cross compiler answers for a processor that is not here.
 */
record CCompiler(String command, String debianPackage) {

    static final CCompiler X86_64 = new CCompiler("cc", "gcc");
    static final CCompiler AARCH64 = new CCompiler("aarch64-linux-gnu-gcc", "gcc-aarch64-linux-gnu");

    /** The header that the bindings are generated from. */
    static final String BINDINGS_HEADER =
            "#include \"" + Path.of("jextract/linux.h").toAbsolutePath() + "\"\n#include <stddef.h>\n";

    private static final Pattern UNKNOWN = Pattern.compile("'(\\w+)' undeclared|has no member named '(\\w+)'");
    private static final Pattern VALUE =
            Pattern.compile("^gatun_(\\d+):\\s+\\.(quad|xword|zero|8byte|dword)\\s+(-?\\d+)", Pattern.MULTILINE);

    static CCompiler of(Architecture architecture) {
        return architecture == Architecture.X86_64 ? X86_64 : AARCH64;
    }

    void assumeInstalled() {
        assumeInstalled(command, debianPackage);
        if (this == X86_64) {
            assumeTrue(Architecture.current() == Architecture.X86_64, "skipped: cc here is not one for x86-64");
        }
    }

    static void assumeInstalled(String command, String debianPackage) {
        boolean found = List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> new File(folder, command).canExecute());
        assumeTrue(found, "skipped: there is no " + command + " here; apt-get install " + debianPackage);
    }

    /** Integer constant expressions and their values; one with a name that the headers do not have is left out. */
    Map<String, Long> values(String headers, Collection<String> expressions) throws Exception {
        List<String> asked = new ArrayList<>(expressions);
        Path folder = Files.createTempDirectory("gatun-cc");
        try {
            Set<String> unknown = new LinkedHashSet<>();
            String errors = compile(folder, headers, asked, unknown);
            Matcher matcher = UNKNOWN.matcher(errors);
            while (matcher.find()) {
                unknown.add(matcher.group(1) == null ? matcher.group(2) : matcher.group(1));
            }
            if (!unknown.isEmpty()) {
                errors = compile(folder, headers, asked, unknown);
            }
            assertThat(errors).as(command).isEmpty();
            Map<String, Long> values = new LinkedHashMap<>();
            Matcher value = VALUE.matcher(Files.readString(folder.resolve("constants.s")));
            while (value.find()) {
                boolean zero = value.group(2).equals("zero");
                values.put(asked.get(Integer.parseInt(value.group(1))), zero ? 0 : Long.parseLong(value.group(3)));
            }
            return values;
        } finally {
            delete(folder);
        }
    }

    long value(String headers, String expression) throws Exception {
        Map<String, Long> values = values(headers, List.of(expression));
        assertThat(values).as(command).containsKey(expression);
        return values.get(expression);
    }

    private String compile(Path folder, String headers, List<String> asked, Set<String> unknown) throws Exception {
        StringBuilder source = new StringBuilder(headers);
        for (int i = 0; i < asked.size(); i++) {
            String expression = asked.get(i);
            if (unknown.stream().noneMatch(name -> expression.matches(".*\\b" + name + "\\b.*"))) {
                source.append("const long long gatun_").append(i).append(" = (long long) (").append(expression)
                        .append(");\n");
            }
        }
        Files.writeString(folder.resolve("constants.c"), source);
        return run(folder, command, "-S", "-w", "-O0", "-o", "constants.s", "constants.c").errors();
    }

    /** Compiles a program, runs it and returns what it prints. */
    String run(String source) throws Exception {
        Path folder = Files.createTempDirectory("gatun-cc");
        try {
            Files.writeString(folder.resolve("program.c"), source);
            assertThat(run(folder, command, "-o", "program", "program.c").errors()).isEmpty();
            return run(folder, "./program").output();
        } finally {
            delete(folder);
        }
    }

    record Result(int exitCode, String output, String errors) {}

    /** Runs a tool to its end. */
    static Result run(Path folder, String... command) throws Exception {
        Path output = Files.createTempFile("gatun", ".out");
        Path errors = Files.createTempFile("gatun", ".err");
        try {
            ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile())
                    .redirectInput(new File("/dev/null"))
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile());
            builder.environment().put("LC_ALL", "C");
            Process process = builder.start();
            try {
                assertThat(process.waitFor(60, TimeUnit.SECONDS)).as(String.join(" ", command)).isTrue();
            } finally {
                process.destroyForcibly().waitFor();
            }
            return new Result(process.exitValue(), Files.readString(output), Files.readString(errors));
        } finally {
            Files.delete(output);
            Files.delete(errors);
        }
    }

    static void delete(Path folder) throws IOException {
        File[] files = folder.toFile().listFiles();
        for (File file : files == null ? new File[0] : files) {
            Files.delete(file.toPath());
        }
        Files.delete(folder);
    }
}
