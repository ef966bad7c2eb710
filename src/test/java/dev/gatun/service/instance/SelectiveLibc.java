package dev.gatun.service.instance;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.lang.foreign.MemorySegment;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;

/** The real library, with an answer of its own to some calls. */
final class SelectiveLibc {

    static final Libc REAL = new SystemLibc();

    /** The answer to a call, or null for the real one. */
    interface Answer {
        Long to(String call, Object[] arguments);
    }

    private SelectiveLibc() {}

    static Libc with(Answer answer) {
        return (Libc) Proxy.newProxyInstance(
                SelectiveLibc.class.getClassLoader(), new Class<?>[]{Libc.class}, (proxy, called, arguments) -> {
                    Long own = answer.to(called.getName(), arguments);
                    if (own != null) {
                        return own;
                    }
                    try {
                        return called.invoke(REAL, arguments);
                    } catch (InvocationTargetException failure) {
                        throw failure.getCause();
                    }
                });
    }

    /** The path that a call is about. */
    static String path(Object argument) {
        return ((MemorySegment) argument).reinterpret(4096).getString(0);
    }
}
