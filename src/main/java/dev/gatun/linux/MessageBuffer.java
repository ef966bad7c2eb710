package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The memory that recvmsg(2) fills: a message, and the credentials of its sender. */
final class MessageBuffer {

    /** {@code struct msghdr}, {@code iovec}, {@code cmsghdr} and {@code ucred}; held equal by a test. */
    static final int HEADER_BYTES = 56;

    static final int VECTOR_OFFSET = 16;
    static final int VECTOR_COUNT_OFFSET = 24;
    static final int CONTROL_OFFSET = 32;
    static final int CONTROL_LENGTH_OFFSET = 40;
    static final int FLAGS_OFFSET = 48;
    static final int VECTOR_BYTES = 16;
    static final int VECTOR_LENGTH_OFFSET = 8;
    static final int CONTROL_LEVEL_OFFSET = 8;
    static final int CONTROL_TYPE_OFFSET = 12;
    static final int CREDENTIALS_OFFSET = 16;
    static final int CREDENTIALS_UID_OFFSET = 4;

    /** {@code CMSG_SPACE(sizeof(struct ucred))}: not a byte more, see {@link DatagramSocket}. */
    static final int CONTROL_BYTES = 32;

    /** {@code CMSG_LEN(sizeof(struct ucred))}. */
    static final int CONTROL_LENGTH = 28;

    private final NativeMemory header;
    private final NativeMemory control;
    private final NativeMemory payload;
    private final int payloadBytes;

    MessageBuffer(int payloadBytes) {
        Arena arena = Arena.ofAuto();
        this.payloadBytes = payloadBytes;
        payload = NativeMemory.allocate(arena, payloadBytes);
        control = NativeMemory.allocate(arena, CONTROL_BYTES);
        header = NativeMemory.allocate(arena, HEADER_BYTES + VECTOR_BYTES);
        header.putLong(VECTOR_OFFSET, header.address() + HEADER_BYTES);
        header.putLong(VECTOR_COUNT_OFFSET, 1);
        header.putLong(CONTROL_OFFSET, control.address());
        header.putLong(HEADER_BYTES, payload.address());
        header.putLong(HEADER_BYTES + VECTOR_LENGTH_OFFSET, payloadBytes);
    }

    /** For recvmsg, which has written over part of it the last time. */
    MemorySegment message() {
        header.putLong(CONTROL_LENGTH_OFFSET, CONTROL_BYTES);
        header.putInt(FLAGS_OFFSET, 0);
        return header.segment();
    }

    /** What recvmsg has put there. */
    DatagramSocket.Datagram datagram(int bytes) {
        boolean truncated = (header.getInt(FLAGS_OFFSET) & Linux.MSG_TRUNC()) != 0;
        byte[] copy = payload.get(0, Math.min(bytes, payloadBytes));
        boolean known = header.getLong(CONTROL_LENGTH_OFFSET) >= CONTROL_LENGTH
                && control.getInt(CONTROL_LEVEL_OFFSET) == Linux.SOL_SOCKET()
                && control.getInt(CONTROL_TYPE_OFFSET) == Linux.SCM_CREDENTIALS();
        // Without credentials it is from nobody that we know, and nobody has this user id (credentials(7)).
        return new DatagramSocket.Datagram(
                copy,
                truncated,
                known ? control.getInt(CREDENTIALS_OFFSET) : 0,
                known ? control.getInt(CREDENTIALS_OFFSET + CREDENTIALS_UID_OFFSET) : -1);
    }
}
