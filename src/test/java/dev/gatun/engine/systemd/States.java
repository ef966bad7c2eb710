package dev.gatun.engine.systemd;

/** States of units, for tests. */
final class States {

    private States() {}

    static UnitState ended(String result, int code, int status) {
        return state("loaded", result.equals("success") ? "inactive" : "failed", "dead", result, code, status, false,
                1);
    }

    static UnitState state(
            String load, String active, String sub, String result, int code, int status, boolean job, long since) {
        return new UnitState(load, active, sub, result, code, status, 42, job, since, 0, "", "", "");
    }
}
