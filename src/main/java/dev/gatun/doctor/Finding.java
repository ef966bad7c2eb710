package dev.gatun.doctor;

/**
 * One line of the report.
 *
 * @param name stable, unique within its group, for programs to look for
 * @param essential whether Gatun cannot work where it is missing
 * @param value what was found, in a few words
 * @param meaning one sentence, without its full stop, for who has to decide whether it matters
 */
public record Finding(String name, Status status, boolean essential, String value, String meaning) {

    static Finding ok(String name, String value, String meaning) {
        return new Finding(name, Status.OK, false, value, meaning);
    }

    static Finding warning(String name, String value, String meaning) {
        return new Finding(name, Status.WARNING, false, value, meaning);
    }

    /** Something that Gatun does without. */
    static Finding missing(String name, String value, String meaning) {
        return new Finding(name, Status.MISSING, false, value, meaning);
    }

    /** Something that nothing works without. */
    static Finding essential(String name, String value, String meaning) {
        return new Finding(name, Status.MISSING, true, value, meaning);
    }

    boolean isFatal() {
        return essential && status == Status.MISSING;
    }
}
