package dev.gatun.linux;

/** The processor architectures that this program knows, each with its own system call numbers and layouts. */
public enum Architecture {
    X86_64,
    AARCH64;

    private static final Architecture CURRENT = of(System.getProperty("os.arch"));

    public static Architecture current() {
        return CURRENT;
    }

    static Architecture of(String name) {
        return switch (name) {
            case "amd64", "x86_64" -> X86_64;
            case "aarch64", "arm64" -> AARCH64;
            default -> throw new IllegalStateException(
                    "Gatun runs on x86-64 and aarch64; this JVM says os.arch=" + name);
        };
    }
}
