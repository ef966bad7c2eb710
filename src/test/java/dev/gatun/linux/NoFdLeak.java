package dev.gatun.linux;

import static org.junit.jupiter.api.Assertions.fail;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test that leaves a descriptor open or a child behind, ended or not, and says which. */
public final class NoFdLeak implements BeforeEachCallback, AfterEachCallback {

    /**
     * The JVM opens a cgroup file or a jar on a thread of its own whenever it likes, and closes it a moment later. A leak
     * is what is there at every look.
     */
    private static final int LOOKS = 200;

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(NoFdLeak.class);

    @Override
    public void beforeEach(ExtensionContext context) {
        context.getStore(NAMESPACE).put("before", snapshot());
    }

    @Override
    @SuppressWarnings("unchecked")
    public void afterEach(ExtensionContext context) {
        Map<String, String> before = context.getStore(NAMESPACE).get("before", Map.class);
        Map<String, String> left = snapshot();
        left.entrySet().removeAll(before.entrySet());
        for (int look = 1; look < LOOKS && !left.isEmpty(); look++) {
            left.entrySet().retainAll(snapshot().entrySet());
        }
        if (!left.isEmpty()) {
            fail("left behind: " + left);
        }
    }

    private static Map<String, String> snapshot() {
        Map<String, String> found = new TreeMap<>();
        for (String number : names("/proc/self/fd")) {
            try {
                String target = Files.readSymbolicLink(Path.of("/proc/self/fd", number)).toString();
                if (!isTheJvmsOwn(target)) {
                    found.put("fd " + number, target);
                }
            } catch (IOException closedMeanwhile) {
                continue;
            }
        }
        String us = Long.toString(ProcessHandle.current().pid());
        for (String pid : names("/proc")) {
            if (Character.isDigit(pid.charAt(0))) {
                addIfChild(found, pid, us);
            }
        }
        return found;
    }

    /** The listing's own folder, and what class loading opens at its first use. */
    private static boolean isTheJvmsOwn(String target) {
        return target.matches("/proc/\\d+/fd") || target.endsWith(".jar") || target.endsWith("/modules")
                || target.endsWith(".jsa") || target.endsWith("/dev/random") || target.endsWith("/dev/urandom");
    }

    private static void addIfChild(Map<String, String> found, String pid, String us) {
        try {
            // ISO 8859-1, because a program's name need not be text.
            String stat = Files.readString(Path.of("/proc", pid, "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            if (fields[1].equals(us)) {
                found.put("child " + pid, stat.substring(stat.indexOf('('), stat.lastIndexOf(')') + 3));
            }
        } catch (IOException goneMeanwhile) {
            // Then it is no child that is left.
        }
    }

    private static String[] names(String folder) {
        String[] names = new File(folder).list();
        return names == null ? new String[0] : names;
    }
}
