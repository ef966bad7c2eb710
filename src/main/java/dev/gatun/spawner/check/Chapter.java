package dev.gatun.spawner.check;

/** Where {@code docs/spawner-protocol.md} says what a check proves. */
public enum Chapter {
    TRANSPORT("Transport"),
    MESSAGES("Messages"),
    OPTIONS("options of launch"),
    EXIT("How an exit is understood"),
    FAULTS("Deadlines and faults");

    private final String title;

    Chapter(String title) {
        this.title = title;
    }

    /** The heading. */
    public String title() {
        return title;
    }
}
