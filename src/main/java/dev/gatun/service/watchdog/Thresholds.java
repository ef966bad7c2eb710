package dev.gatun.service.watchdog;

/**
 * The amounts of memory at which something happens, all in bytes. A threshold is reached by its very number.
 *
 * @param limitBytes what 100 percent are
 * @param recoverBytes below it a warning is taken back
 * @param softBytes from here on it is warned
 * @param hardBytes from here on the service is stopped
 */
public record Thresholds(long limitBytes, long recoverBytes, long softBytes, long hardBytes) {

    /** Shares of a limit, each cut to whole bytes. */
    public static Thresholds of(long limitBytes, double recoverPercent, double softPercent, double hardPercent) {
        return new Thresholds(
                limitBytes,
                share(limitBytes, recoverPercent),
                share(limitBytes, softPercent),
                share(limitBytes, hardPercent));
    }

    private static long share(long bytes, double percent) {
        return (long) (bytes * percent / 100);
    }

    /** How much of the limit an amount is. */
    public double percentOfLimit(long bytes) {
        return limitBytes == 0 ? 0 : 100.0 * bytes / limitBytes;
    }
}
