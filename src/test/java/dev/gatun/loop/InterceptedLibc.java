package dev.gatun.loop;

import dev.gatun.linux.Libc;
import dev.gatun.linux.SystemLibc;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;

/** The real C library, with the calls counted and some of them refused. */
final class InterceptedLibc implements InvocationHandler {

    private final Libc real = new SystemLibc();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Map<String, Integer> refusals = new HashMap<>();

    Libc libc() {
        return (Libc) Proxy.newProxyInstance(Libc.class.getClassLoader(), new Class<?>[]{Libc.class}, this);
    }

    InterceptedLibc refuse(String call, int errno) {
        refusals.put(call, errno);
        return this;
    }

    int count(String call) {
        return counts.getOrDefault(call, 0);
    }

    @Override
    public Object invoke(Object proxy, Method call, Object[] arguments) throws Throwable {
        if (refusals.containsKey(call.getName())) {
            return -(long) refusals.get(call.getName());
        }
        counts.merge(call.getName(), 1, Integer::sum);
        try {
            return call.invoke(real, arguments);
        } catch (InvocationTargetException thrown) {
            throw thrown.getCause();
        }
    }
}
