package dev.gatun.service.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A document of {@code docs} that is derived from the code. With {@code -Dgatun.docs.regenerate=true} it is written. */
public record DerivedDocument(Path path, String test) {

    private static final String REGENERATE = "gatun.docs.regenerate";

    /** @param test which holds it equal to the code */
    public static DerivedDocument of(String path, Class<?> test) {
        return new DerivedDocument(Path.of("docs").resolve(path), test.getSimpleName());
    }

    public void is(String derived) throws IOException {
        if (Boolean.getBoolean(REGENERATE)) {
            Files.createDirectories(path.getParent());
            Files.writeString(path, derived);
        }
        assertThat(path)
                .as("stale; write it anew: mvn test -Dtest=" + test + " -D" + REGENERATE + "=true")
                .content()
                .isEqualTo(derived);
    }
}
