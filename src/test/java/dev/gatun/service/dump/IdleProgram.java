package dev.gatun.service.dump;

/** A program for tests to take dumps of: it holds some memory, says so, and sleeps until it is killed. */
final class IdleProgram {

    private static final int PIECE_BYTES = 1 << 16;

    private IdleProgram() {}

    public static void main(String[] arguments) throws InterruptedException {
        byte[][] pieces = new byte[arguments.length == 0 ? 1 : Integer.parseInt(arguments[0])][PIECE_BYTES];
        System.out.println("ready with " + pieces.length);
        Thread.sleep(Long.MAX_VALUE);
    }
}
