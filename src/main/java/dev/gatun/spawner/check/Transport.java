package dev.gatun.spawner.check;

/** How the lines travel. */
public enum Transport {
    STDIO("stdio"),
    UNIX("unix");

    private final String text;

    Transport(String text) {
        this.text = text;
    }

    /** As it stands on a command line. */
    public String text() {
        return text;
    }
}
