package dev.gatun.linux;

import static java.util.Objects.requireNonNull;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;

/**
 * An address of the sockets of one machine (unix(7)): a file, or an abstract name, which belongs to the network
 * namespace, needs no file and is gone with its socket.
 *
 * @param name the path, or the abstract name
 * @param isAbstract whether it is an abstract name
 */
public record UnixAddress(CString name, boolean isAbstract) {

    /** {@code struct sockaddr_un}; held equal by a test. */
    static final int STRUCT_BYTES = 110;

    static final int NAME_OFFSET = 2;

    /** One byte of the name is the terminator, or the zero that an abstract one begins with. */
    private static final int MAX_NAME_BYTES = STRUCT_BYTES - NAME_OFFSET - 1;

    /** @throws IllegalArgumentException with one sentence if the name is empty or too long */
    public UnixAddress {
        requireNonNull(name);
        if (name.isEmpty() || name.length() > MAX_NAME_BYTES) {
            throw new IllegalArgumentException("the address of a socket has 1 to " + MAX_NAME_BYTES + " bytes, \""
                    + name + "\" has " + name.length());
        }
    }

    /**
     * Reads an address as {@code NOTIFY_SOCKET} has it: an abstract name begins with {@code @}.
     *
     * @throws IllegalArgumentException with one sentence if it is empty or too long
     */
    public static UnixAddress parse(String text) {
        return text.startsWith("@")
                ? new UnixAddress(CString.of(text.substring(1)), true)
                : new UnixAddress(CString.of(text), false);
    }

    /** Of the part of the struct that is used: the length is part of an abstract name. */
    int structBytes() {
        return NAME_OFFSET + name.length() + 1;
    }

    /** The struct that system calls take. */
    NativeMemory allocate(Arena arena) {
        NativeMemory struct = NativeMemory.allocate(arena, STRUCT_BYTES);
        struct.putShort(0, (short) Linux.AF_UNIX());
        struct.put(isAbstract ? NAME_OFFSET + 1 : NAME_OFFSET, name.raw(), name.length());
        return struct;
    }

    /** As {@link #parse} reads it. */
    @Override
    public String toString() {
        return isAbstract ? "@" + name : name.toString();
    }
}
