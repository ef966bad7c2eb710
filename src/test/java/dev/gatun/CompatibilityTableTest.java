package dev.gatun;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that say what is compatible with what name tests that there are, in each line. */
class CompatibilityTableTest {

    private static final Path SOURCES = Path.of("src", "test", "java");

    private static final Pattern LINE = Pattern.compile("\\| (\\d+(?:\\.\\d+)+) \\|.*\\| ([^|]*) \\|");
    private static final Pattern REFERENCE = Pattern.compile("`(\\w+)\\.(\\w+)`");
    private static final Pattern METHOD = Pattern.compile("\\bvoid (\\w+)\\(");
    private static final Pattern MARK =
            Pattern.compile("@(Test|ParameterizedTest|RepeatedTest|Property|TestFactory)\\b");

    private final List<String> numbers = new ArrayList<>();
    private final List<String> proofs = new ArrayList<>();

    private void read(String document) throws IOException {
        for (String line : Files.readAllLines(Path.of("docs", document))) {
            Matcher matcher = LINE.matcher(line);
            if (matcher.matches()) {
                numbers.add(matcher.group(1));
                proofs.add(matcher.group(2));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"compatibility-service.md", "embedding.md"})
    void everyTestThatIsNamedExists(String document) throws IOException {
        read(document);
        Set<String> tests = tests();
        List<String> missing = new ArrayList<>();
        for (int line = 0; line < proofs.size(); line++) {
            Matcher reference = REFERENCE.matcher(proofs.get(line));
            while (reference.find()) {
                if (!tests.contains(reference.group(1) + "." + reference.group(2))) {
                    missing.add(numbers.get(line) + " " + reference.group());
                }
            }
        }
        assertThat(missing).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"compatibility-service.md, 200", "embedding.md, 30"})
    void everyLineNamesATestOrSaysThatThereIsNone(String document, int atLeast) throws IOException {
        read(document);
        String reference = REFERENCE.pattern();
        assertThat(numbers).hasSizeGreaterThan(atLeast).doesNotHaveDuplicates();
        for (int line = 0; line < proofs.size(); line++) {
            assertThat(proofs.get(line)).as(numbers.get(line)).matches("–|" + reference + "(, " + reference + ")*");
        }
    }

    /** All tests of the sources, as Class.method. */
    private static Set<String> tests() throws IOException {
        Set<String> tests = new HashSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                String type = file.getFileName().toString().replace(".java", "");
                String text = Files.readString(file);
                int before = 0;
                Matcher method = METHOD.matcher(text);
                while (method.find()) {
                    // What is marked as a test is so between the method before it and its own name.
                    if (MARK.matcher(text.substring(before, method.start())).find()) {
                        tests.add(type + "." + method.group(1));
                    }
                    before = method.end();
                }
            }
        }
        return tests;
    }
}
