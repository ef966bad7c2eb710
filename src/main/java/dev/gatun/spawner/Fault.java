package dev.gatun.spawner;

/** What a spawner does wrong and Gatun bears with. Counted by {@link ExternalProcLauncher#faults}. */
public enum Fault {
    JUNK_LINE("a line that is no message"),
    OVERSIZE_LINE("a line that is too long"),
    UNKNOWN_EVENT("an event that the protocol does not have"),
    UNKNOWN_GENERATION("an event of a launch that is not known"),
    SECOND_EXIT("a second exit"),
    SECOND_STARTED("a second started"),
    EARLY_EVENT("an event before the reply to its launch"),
    SEQUENCE("a gap or a repetition in the numbers of events"),
    UNASKED_REPLY("a reply to nothing that is waited for"),
    UNREADABLE_REQUEST("an error without the number of a request");

    private final String text;

    Fault(String text) {
        this.text = text;
    }

    /** For the log. */
    public String describe() {
        return text;
    }
}
