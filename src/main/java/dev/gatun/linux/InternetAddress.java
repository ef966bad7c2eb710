package dev.gatun.linux;

import dev.gatun.ffm.Linux;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.Optional;

/**
 * An address of TCP: an IP address and a port (ip(7), ipv6(7)). The JDK's own class brings a library and a resolver to
 * start, and a name server can take its time, which a loop has not got.
 *
 * @param bytes 4 bytes or 16, in the order of the network
 * @param port 0 to 65535; 0 lets the kernel choose where a socket is bound
 */
public record InternetAddress(byte[] bytes, int port) {

    /** {@code struct sockaddr_in} and {@code struct sockaddr_in6}; held equal by a test. */
    static final int IPV4_BYTES = 16;

    static final int IPV6_BYTES = 28;
    static final int PORT_OFFSET = 2;
    static final int IPV4_ADDRESS_OFFSET = 4;
    static final int IPV6_ADDRESS_OFFSET = 8;

    private static final byte[] LOCALHOST = {127, 0, 0, 1};

    /** @throws IllegalArgumentException if there are not 4 or 16 bytes, or the port is out of range */
    public InternetAddress {
        if (bytes.length != 4 && bytes.length != 16) {
            throw new IllegalArgumentException("an IP address has 4 or 16 bytes, not " + bytes.length);
        }
        if (port < 0 || port > 0xffff) {
            throw new IllegalArgumentException("a port is in 0..65535, not " + port);
        }
        bytes = bytes.clone();
    }

    /**
     * Reads an address. No name is looked up but {@code localhost}, which is 127.0.0.1.
     *
     * @param host an IPv4 address, an IPv6 address with or without brackets, or {@code localhost}
     * @throws IllegalArgumentException with one sentence if it is none of these, or the port is out of range
     */
    public static InternetAddress parse(String host, int port) {
        if (host.equalsIgnoreCase("localhost")) {
            return new InternetAddress(LOCALHOST, port);
        }
        Optional<byte[]> bytes = AddressText.parse(host);
        if (bytes.isEmpty()) {
            throw new IllegalArgumentException("\"" + host
                    + "\" is not an IP address such as 127.0.0.1 or ::1, nor localhost; other names are not looked up");
        }
        return new InternetAddress(bytes.get(), port);
    }

    @Override
    public byte[] bytes() {
        return bytes.clone();
    }

    public boolean isIpv6() {
        return bytes.length == 16;
    }

    /** Whether it stands for all addresses of the machine: 0.0.0.0 or ::. */
    public boolean isWildcard() {
        for (byte b : bytes) {
            if (b != 0) {
                return false;
            }
        }
        return true;
    }

    int family() {
        return isIpv6() ? Linux.AF_INET6() : Linux.AF_INET();
    }

    int structBytes() {
        return isIpv6() ? IPV6_BYTES : IPV4_BYTES;
    }

    /** The struct that system calls take. */
    NativeMemory allocate(Arena arena) {
        NativeMemory struct = NativeMemory.allocate(arena, structBytes());
        struct.putShort(0, (short) family());
        putPort(struct, port);
        struct.put(isIpv6() ? IPV6_ADDRESS_OFFSET : IPV4_ADDRESS_OFFSET, bytes, bytes.length);
        return struct;
    }

    /** Ports are big-endian wherever the processor is not. */
    private static void putPort(NativeMemory struct, int port) {
        struct.put(PORT_OFFSET, new byte[]{(byte) (port >> 8), (byte) port}, 2);
    }

    /** The address in a struct of either family. */
    static InternetAddress of(NativeMemory struct) {
        boolean ipv6 = struct.getShort(0) == Linux.AF_INET6();
        byte[] port = struct.get(PORT_OFFSET, 2);
        byte[] bytes = ipv6 ? struct.get(IPV6_ADDRESS_OFFSET, 16) : struct.get(IPV4_ADDRESS_OFFSET, 4);
        return new InternetAddress(bytes, (port[0] & 0xff) << 8 | port[1] & 0xff);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InternetAddress address
                && port == address.port
                && Arrays.equals(bytes, address.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + port;
    }

    /** {@code 127.0.0.1:8081}, {@code [::1]:8081}. */
    @Override
    public String toString() {
        String host = AddressText.of(bytes);
        return (isIpv6() ? "[" + host + "]" : host) + ":" + port;
    }
}
