package dev.gatun.probe;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** The real C library, with the calls counted, some of them refused for a while, and short writes on request. */
final class FaultyLibc implements InvocationHandler {

    private final Libc real = new SystemLibc();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();
    private final Map<String, Integer> refused = new HashMap<>();
    private final Map<String, Integer> errnos = new HashMap<>();
    private long longestWrite = Long.MAX_VALUE;
    private boolean boundToTarget;

    Libc libc() {
        return (Libc) Proxy.newProxyInstance(Libc.class.getClassLoader(), new Class<?>[]{Libc.class}, this);
    }

    /** The next so many calls of a function fail. */
    void refuse(String call, int errno, int times) {
        refusals.put(call, times);
        errnos.put(call, errno);
    }

    /** No write to a socket takes more bytes than this; wake-ups of the loop are 8 bytes. */
    void shortenWrites(long bytes) {
        longestWrite = bytes;
    }

    /** Connections come from the very address they go to. */
    void bindToTarget() {
        boundToTarget = true;
    }

    /** How many calls were let through. */
    int count(String call) {
        return counts.getOrDefault(call, 0);
    }

    int refused(String call) {
        return refused.getOrDefault(call, 0);
    }

    @Override
    public Object invoke(Object proxy, Method call, Object[] arguments) throws Throwable {
        String name = call.getName();
        if (refusals.getOrDefault(name, 0) > 0) {
            refusals.merge(name, -1, Integer::sum);
            refused.merge(name, 1, Integer::sum);
            return -(long) errnos.get(name);
        }
        counts.merge(name, 1, Integer::sum);
        if (name.equals("write") && (long) arguments[2] > 2 * Long.BYTES) {
            arguments[2] = Math.min((long) arguments[2], longestWrite);
        }
        if (name.equals("connect") && boundToTarget) {
            real.bind((int) arguments[0], (MemorySegment) arguments[1], (int) arguments[2]);
        }
        try {
            return call.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
