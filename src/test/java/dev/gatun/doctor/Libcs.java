package dev.gatun.doctor;

import dev.gatun.linux.CString;
import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The real C library, but for what a test changes. */
public final class Libcs {

    private static final Set<String> WITH_PATH = Set.of("open", "access", "readlink", "statfs", "unlink");

    private Libcs() {}

    /** With some calls answering a fixed result, {@code -errno} for one. */
    public static Libc answering(Map<String, Long> results) {
        return with((method, arguments) -> results.get(method));
    }

    /** Seeing absolute paths below a folder, if one of the prefixes is theirs. */
    public static Libc rooted(Path root, String... prefixes) {
        SystemLibc system = new SystemLibc();
        return with((method, arguments) -> {
            if (!WITH_PATH.contains(method)) {
                return null;
            }
            String path = ((MemorySegment) arguments[0]).reinterpret(Long.MAX_VALUE).getString(0);
            if (List.of(prefixes).stream().noneMatch(path::startsWith)) {
                return null;
            }
            try (Arena arena = Arena.ofConfined()) {
                MemorySegment other = CString.of(root + path).allocate(arena);
                return method.equals("open")
                        ? system.open(other, (int) arguments[1], (int) arguments[2])
                        : method.equals("access") ? system.access(other, (int) arguments[1]) : -2L;
            }
        });
    }

    /** Writes a file below a root, with the folders it needs. */
    public static void write(Path root, String path, String content) {
        write(root, path, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    public static void write(Path root, String path, byte[] content) {
        try {
            Path file = root.resolve(path.substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, content);
        } catch (java.io.IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private interface Override {
        /** The result, or null to ask the system. */
        Long call(String method, Object[] arguments);
    }

    private static Libc with(Override override) {
        SystemLibc system = new SystemLibc();
        return (Libc) Proxy.newProxyInstance(
                Libc.class.getClassLoader(), new Class<?>[]{Libc.class}, (proxy, method, arguments) -> {
                    Long result = override.call(method.getName(), arguments);
                    if (result != null) {
                        return result;
                    }
                    try {
                        return method.invoke(system, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }
}
