package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the package documentation promises of the shape of the code. */
class ShapeTest {
    @ParameterizedTest
    @ValueSource(classes = {State.class, Event.class, Effect.class, Outcome.class})
    void kindsAndRecordsCorrespond(Class<?> sealed) {
        Class<?> kinds = Arrays.stream(sealed.getDeclaredClasses())
                .filter(nested -> nested.getSimpleName().equals("Kind"))
                .findFirst()
                .orElseThrow();
        List<String> fromRecords = Arrays.stream(sealed.getPermittedSubclasses())
                .map(permitted -> permitted
                        .getSimpleName()
                        .replaceAll("(?<=[a-z])(?=[A-Z])", "_")
                        .toUpperCase(Locale.ROOT))
                .toList();
        List<String> fromKinds =
                Arrays.stream(kinds.getEnumConstants()).map(Object::toString).toList();
        assertThat(fromRecords).containsExactlyInAnyOrderElementsOf(fromKinds);
    }

    @Test
    void everyRecordAnswersWithItsOwnKind() {
        for (Event event : Samples.events()) {
            assertThat(event.kind().name().replace("_", ""))
                    .isEqualToIgnoringCase(event.getClass().getSimpleName());
        }
        assertThat(Samples.events().stream().map(Event::kind).distinct())
                .containsExactlyInAnyOrder(Event.Kind.values());
    }

    /** Each of these costs milliseconds at its first use, and no cache of JDK 25 takes that away. */
    @Test
    void noSwitchOverPatterns() throws IOException, URISyntaxException {
        URI here = Lifecycle.class.getResource("Lifecycle.class").toURI();
        try (Stream<Path> classes = Files.list(Path.of(here).getParent())) {
            assertThat(classes.filter(path -> path.toString().endsWith(".class")))
                    .isNotEmpty()
                    .noneMatch(path -> content(path).contains("typeSwitch"))
                    .noneMatch(path -> content(path).contains("LambdaMetafactory"));
        }
    }

    private static String content(Path path) {
        try {
            return Files.readString(path, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
