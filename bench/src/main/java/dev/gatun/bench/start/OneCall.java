package dev.gatun.bench.start;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The least a Java program can do that calls a C function and asks for {@code errno}. */
final class OneCall {

    private OneCall() {}

    public static void main(String[] arguments) throws Throwable {
        Linker linker = Linker.nativeLinker();
        MethodHandle close = linker.downcallHandle(
                linker.defaultLookup().find("close").orElseThrow(),
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT),
                Linker.Option.captureCallState("errno"));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment captured = arena.allocate(Linker.Option.captureStateLayout());
            int result = (int) close.invokeExact(captured, -1);
            System.out.println(result + " " + captured.get(ValueLayout.JAVA_INT, 0));
        }
    }
}
