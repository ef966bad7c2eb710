package dev.gatun.service.dump;

/** Why a dump cannot be taken, in words. */
final class DumpFailure extends Exception {

    private static final long serialVersionUID = 1L;

    DumpFailure(String reason) {
        super(reason);
    }
}
