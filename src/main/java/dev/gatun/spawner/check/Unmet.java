package dev.gatun.spawner.check;

/** A check has failed. The text says what was sent, what was expected and what came. */
final class Unmet extends RuntimeException {

    private static final long serialVersionUID = 1L;

    Unmet(String done, String expected, String came) {
        super(done + ": expected " + expected + ", but " + came);
    }
}
