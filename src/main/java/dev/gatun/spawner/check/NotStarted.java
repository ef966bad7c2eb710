package dev.gatun.spawner.check;

/** There is no spawner to check: its command cannot be executed. The message is one sentence. */
public final class NotStarted extends RuntimeException {

    private static final long serialVersionUID = 1L;

    NotStarted(String sentence) {
        super(sentence);
    }
}
