package dev.gatun.bench;

import java.util.ArrayList;
import java.util.List;

/** Live memory of the Java heap, written to, so that the kernel has given every page of it. */
final class TouchedHeap {

    private static final int PIECE_BYTES = 1 << 20;
    private static final int PAGE_BYTES = 4096;

    private final List<byte[]> pieces = new ArrayList<>();

    TouchedHeap(int megabytes) {
        for (int i = 0; i < megabytes; i++) {
            byte[] piece = new byte[PIECE_BYTES];
            for (int at = 0; at < piece.length; at += PAGE_BYTES) {
                piece[at] = 1;
            }
            pieces.add(piece);
        }
    }

    int megabytes() {
        return pieces.size();
    }
}
