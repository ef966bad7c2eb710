package dev.gatun.service.watchdog;

/** How the service stands with its memory. */
public enum Level {
    HEALTHY("healthy"),
    SOFT_WARNING("soft_warning"),
    /** Exceeded, and whatever comes before the stop (a dump) is under way. */
    HARD_LIMIT("hard_limit"),
    TERMINATING("terminating");

    private final String text;

    Level(String text) {
        this.text = text;
    }

    /** As logs, metrics and recordings have it. */
    public String text() {
        return text;
    }

    /**
     * What a sample makes of this level. The way down from a warning is longer than the way up, so that memory which
     * wavers about the soft limit does not fill the log; and from the hard limit there is no way back.
     */
    public Level after(long bytes, Thresholds thresholds) {
        return switch (this) {
            case HARD_LIMIT, TERMINATING -> this;
            case HEALTHY, SOFT_WARNING -> {
                if (bytes >= thresholds.hardBytes()) {
                    yield HARD_LIMIT;
                }
                boolean stays = this == SOFT_WARNING && bytes >= thresholds.recoverBytes();
                yield stays || bytes >= thresholds.softBytes() ? SOFT_WARNING : HEALTHY;
            }
        };
    }
}
