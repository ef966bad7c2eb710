package dev.gatun.run;

import dev.gatun.linux.DescriptorTable;
import dev.gatun.linux.Libc;

/**
 * Descriptors above 2 that our caller passed on ({@code 3<file}, socket activation), which the child gets as if we were
 * not there. The JVM's own are told from them by what they are: files of the JDK and of Gatun. Look before anything else
 * is opened.
 */
final class InheritedDescriptors {

    private InheritedDescriptors() {}

    /** Their numbers, ascending. */
    static int[] find(Libc libc) {
        return DescriptorTable.openOutside(
                libc, System.getProperty("java.home", "/"), System.getProperty("gatun.home", "/"));
    }
}
