package dev.gatun.bench;

import java.lang.management.ManagementFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * What the JVM's native memory tracking has on its books, in kilobytes; needs {@code
 * -XX:NativeMemoryTracking=summary}.
 *
 * @param committed everything but the Java heap
 * @param other the category of what Java code allocates itself, foreign memory included
 */
record NativeMemory(long committed, long other) {

    private static final Pattern TOTAL = Pattern.compile("Total: reserved=\\d+KB, committed=(\\d+)KB");
    private static final String CATEGORY = "-\\s+%s \\(reserved=\\d+KB, committed=(\\d+)KB\\)";

    static NativeMemory now() throws JMException {
        String text = (String) ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=DiagnosticCommand"),
                        "vmNativeMemory",
                        new Object[]{new String[]{"summary"}},
                        new String[]{String[].class.getName()});
        long heap = find(category("Java Heap"), text);
        return new NativeMemory(find(TOTAL, text) - heap, find(category("Other"), text));
    }

    private static Pattern category(String name) {
        return Pattern.compile(CATEGORY.formatted(name));
    }

    private static long find(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? Long.parseLong(matcher.group(1)) : 0;
    }
}
