package dev.gatun.linux;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.ffm.Linux;
import dev.gatun.ffm.tm;
import java.io.IOException;
import java.lang.foreign.GroupLayout;
import java.lang.foreign.UnionLayout;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers that stand in the code as numbers, against the generated bindings and against the C compilers. */
@ExtendWith(NoFdLeak.class)
class LayoutTest {

    private static final Path BINDINGS = Path.of("ffm-bindings/src/main/java/dev/gatun/ffm");
    private static final Path SOURCES = Path.of("src/main/java/dev/gatun/linux");

    /** Sizes and offsets that package {@code linux} writes as numbers, in C and as the constant of ours. */
    private static Map<String, Long> ours(Architecture architecture) throws ReflectiveOperationException {
        boolean packed = architecture == Architecture.X86_64;
        Map<String, Long> all = new LinkedHashMap<>();
        all.put("sizeof(struct epoll_event)", packed ? 12L : 16L);
        all.put("offsetof(struct epoll_event, events)", 0L);
        all.put("offsetof(struct epoll_event, data)", packed ? 4L : 8L);
        all.put("sizeof(struct signalfd_siginfo)", (long) SignalFd.INFO_BYTES);
        all.put("offsetof(struct signalfd_siginfo, ssi_signo)", (long) SignalFd.SIGNAL_OFFSET);
        all.put("offsetof(struct signalfd_siginfo, ssi_code)", (long) SignalFd.CODE_OFFSET);
        all.put("SI_KERNEL", number(SignalFd.class, "SENT_BY_KERNEL"));
        all.put("offsetof(struct signalfd_siginfo, ssi_pid)", (long) SignalFd.SENDER_OFFSET);
        all.put("offsetof(struct signalfd_siginfo, ssi_uid)", (long) SignalFd.USER_OFFSET);
        all.put("sizeof(siginfo_t)", number(Children.class, "SIGINFO_BYTES"));
        all.put("offsetof(siginfo_t, si_pid)", (long) Children.SIGINFO_PID_OFFSET);
        all.put("sizeof(struct rusage)", number(Children.class, "RUSAGE_BYTES"));
        all.put("offsetof(struct rusage, ru_utime)", number(Children.class, "USER_TIME_OFFSET"));
        all.put("offsetof(struct rusage, ru_stime)", number(Children.class, "SYSTEM_TIME_OFFSET"));
        all.put("offsetof(struct rusage, ru_maxrss)", (long) Children.MAX_RSS_OFFSET);
        all.put("offsetof(struct timeval, tv_usec)", 8L);
        all.put("sizeof(struct tm)", tm.sizeof());
        all.put("offsetof(struct tm, tm_gmtoff)", LocalTime.OFFSET_OFFSET);
        all.put("sizeof(struct itimerspec)", 32L);
        all.put("offsetof(struct itimerspec, it_value.tv_sec)", number(TimerFd.class, "VALUE_SECONDS"));
        all.put("offsetof(struct itimerspec, it_value.tv_nsec)", number(TimerFd.class, "VALUE_NANOS"));
        all.put("sizeof(struct timespec)", 16L);
        all.put("offsetof(struct timespec, tv_nsec)", 8L);
        all.put("sizeof(struct inotify_event)", number(Inotify.class, "HEADER_BYTES"));
        all.put("offsetof(struct inotify_event, wd)", 0L);
        all.put("offsetof(struct inotify_event, mask)", 4L);
        all.put("offsetof(struct inotify_event, len)", 12L);
        all.put("offsetof(struct inotify_event, name)", number(Inotify.class, "HEADER_BYTES"));
        all.put("sizeof(struct pollfd)", 8L);
        all.put("offsetof(struct pollfd, events)", 4L);
        all.put("offsetof(struct pollfd, revents)", number(WriteReadiness.class, "REVENTS_OFFSET"));
        all.put("sizeof(struct __user_cap_header_struct)", (long) CapabilitySets.header().length);
        all.put("sizeof(struct __user_cap_data_struct)", number(CapabilitySets.class, "UPPER_HALF"));
        all.put(
                "sizeof(struct __user_cap_data_struct) * _LINUX_CAPABILITY_U32S_3",
                number(CapabilitySets.class, "DATA_BYTES"));
        all.put("offsetof(struct __user_cap_data_struct, effective)", 0L);
        all.put("offsetof(struct __user_cap_data_struct, permitted)", 4L);
        all.put("offsetof(struct __user_cap_data_struct, inheritable)", 8L);
        all.put("sizeof(struct sockaddr_in)", (long) InternetAddress.IPV4_BYTES);
        all.put("sizeof(struct sockaddr_in6)", (long) InternetAddress.IPV6_BYTES);
        all.put("offsetof(struct sockaddr_in, sin_family)", 0L);
        all.put("offsetof(struct sockaddr_in6, sin6_family)", 0L);
        all.put("sizeof(sa_family_t)", 2L);
        all.put("offsetof(struct sockaddr_in, sin_port)", (long) InternetAddress.PORT_OFFSET);
        all.put("offsetof(struct sockaddr_in6, sin6_port)", (long) InternetAddress.PORT_OFFSET);
        all.put("offsetof(struct sockaddr_in, sin_addr)", (long) InternetAddress.IPV4_ADDRESS_OFFSET);
        all.put("offsetof(struct sockaddr_in6, sin6_addr)", (long) InternetAddress.IPV6_ADDRESS_OFFSET);
        all.put("sizeof(struct sockaddr_un)", (long) UnixAddress.STRUCT_BYTES);
        all.put("offsetof(struct sockaddr_un, sun_path)", (long) UnixAddress.NAME_OFFSET);
        all.put("sizeof(socklen_t)", 4L);
        all.put("sizeof(struct msghdr)", (long) MessageBuffer.HEADER_BYTES);
        all.put("offsetof(struct msghdr, msg_iov)", (long) MessageBuffer.VECTOR_OFFSET);
        all.put("offsetof(struct msghdr, msg_iovlen)", (long) MessageBuffer.VECTOR_COUNT_OFFSET);
        all.put("offsetof(struct msghdr, msg_control)", (long) MessageBuffer.CONTROL_OFFSET);
        all.put("offsetof(struct msghdr, msg_controllen)", (long) MessageBuffer.CONTROL_LENGTH_OFFSET);
        all.put("offsetof(struct msghdr, msg_flags)", (long) MessageBuffer.FLAGS_OFFSET);
        all.put("sizeof(struct iovec)", (long) MessageBuffer.VECTOR_BYTES);
        all.put("offsetof(struct iovec, iov_base)", 0L);
        all.put("offsetof(struct iovec, iov_len)", (long) MessageBuffer.VECTOR_LENGTH_OFFSET);
        all.put("offsetof(struct cmsghdr, cmsg_level)", (long) MessageBuffer.CONTROL_LEVEL_OFFSET);
        all.put("offsetof(struct cmsghdr, cmsg_type)", (long) MessageBuffer.CONTROL_TYPE_OFFSET);
        all.put("CMSG_LEN(0)", (long) MessageBuffer.CREDENTIALS_OFFSET);
        all.put("CMSG_LEN(sizeof(struct ucred))", (long) MessageBuffer.CONTROL_LENGTH);
        all.put("CMSG_SPACE(sizeof(struct ucred))", (long) MessageBuffer.CONTROL_BYTES);
        all.put("offsetof(struct ucred, pid)", 0L);
        all.put("offsetof(struct ucred, uid)", (long) MessageBuffer.CREDENTIALS_UID_OFFSET);
        all.put("sizeof(struct flock)", (long) FileLock.STRUCT_BYTES);
        all.put("offsetof(struct flock, l_type)", (long) FileLock.TYPE_OFFSET);
        all.put("SEEK_SET", 0L);
        all.put("sizeof(struct rlimit)", 16L);
        all.put("offsetof(struct rlimit, rlim_max)", 8L);
        all.put("sizeof(sigset_t)", number(SignalSet.class, "SIGSET_BYTES"));
        all.put("sizeof(struct sigaction)", (long) Signal.SIGACTION_BYTES);
        all.put("SIG_DFL", 0L);
        all.put("sizeof(pid_t)", 4L);
        all.put("sizeof(gid_t)", 4L);
        all.put("RLIM_INFINITY", Rlimit.UNLIMITED);
        return all;
    }

    private static long number(Class<?> owner, String constant) throws ReflectiveOperationException {
        Field field = owner.getDeclaredField(constant);
        field.setAccessible(true);
        return ((Number) field.get(null)).longValue();
    }

    @ParameterizedTest
    @EnumSource
    void numbersInTheCodeAreThoseOfTheCompiler(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> ours = ours(architecture);
        assertThat(compiler.values(CCompiler.BINDINGS_HEADER, ours.keySet())).isEqualTo(ours);
    }

    @Test
    void epollHasTheLayoutOfThisProcessor() throws Exception {
        Map<String, Long> expected = ours(Architecture.current());
        assertThat((long) Epoll.EVENT_BYTES).isEqualTo(expected.get("sizeof(struct epoll_event)"));
        assertThat((long) Epoll.TOKEN_OFFSET).isEqualTo(expected.get("offsetof(struct epoll_event, data)"));
    }

    @Test
    void epollNumbersAreThoseOfTheBindings() {
        assertThat(dev.gatun.ffm.epoll_event.layout().byteSize()).isEqualTo(12);
        assertThat(dev.gatun.ffm.epoll_event.data$offset()).isEqualTo(4);
        assertThat(dev.gatun.ffm.aarch64.epoll_event.layout().byteSize()).isEqualTo(16);
        assertThat(dev.gatun.ffm.aarch64.epoll_event.data$offset()).isEqualTo(8);
    }

    @Test
    void otherNumbersAreThoseOfTheBindings() throws Exception {
        assertThat(dev.gatun.ffm.signalfd_siginfo.layout().byteSize()).isEqualTo(SignalFd.INFO_BYTES);
        assertThat(dev.gatun.ffm.signalfd_siginfo.ssi_signo$offset()).isEqualTo(SignalFd.SIGNAL_OFFSET);
        assertThat(dev.gatun.ffm.signalfd_siginfo.ssi_pid$offset()).isEqualTo(SignalFd.SENDER_OFFSET);
        assertThat(dev.gatun.ffm.signalfd_siginfo.ssi_uid$offset()).isEqualTo(SignalFd.USER_OFFSET);
        assertThat(dev.gatun.ffm.rusage.layout().byteSize()).isEqualTo(number(Children.class, "RUSAGE_BYTES"));
        assertThat(dev.gatun.ffm.rusage.ru_stime$offset()).isEqualTo(number(Children.class, "SYSTEM_TIME_OFFSET"));
        assertThat(dev.gatun.ffm.itimerspec.it_value$offset()).isEqualTo(number(TimerFd.class, "VALUE_SECONDS"));
        assertThat(dev.gatun.ffm.inotify_event.layout().byteSize()).isEqualTo(number(Inotify.class, "HEADER_BYTES"));
        assertThat(dev.gatun.ffm.pollfd.revents$offset()).isEqualTo(number(WriteReadiness.class, "REVENTS_OFFSET"));
        assertThat(dev.gatun.ffm.__user_cap_data_struct.layout().byteSize())
                .isEqualTo(number(CapabilitySets.class, "UPPER_HALF"));
        assertThat(dev.gatun.ffm.sigset_t.layout().byteSize()).isEqualTo(number(SignalSet.class, "SIGSET_BYTES"));
        assertThat(dev.gatun.ffm.rlimit.rlim_max$offset()).isEqualTo(8);
        assertThat(dev.gatun.ffm.sockaddr_in6.layout().byteSize()).isEqualTo(InternetAddress.IPV6_BYTES);
        assertThat(dev.gatun.ffm.sockaddr_un.layout().byteSize()).isEqualTo(UnixAddress.STRUCT_BYTES);
        assertThat(dev.gatun.ffm.msghdr.msg_controllen$offset()).isEqualTo(MessageBuffer.CONTROL_LENGTH_OFFSET);
    }

    @ParameterizedTest
    @EnumSource
    void everyStructOfTheBindingsIsAsTheCompilerLaysItOut(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> bindings = new TreeMap<>();
        for (String struct : structs(BINDINGS)) {
            addStruct(bindings, "dev.gatun.ffm.", struct);
        }
        if (architecture == Architecture.AARCH64) {
            // Those that the second package does not have are claimed to be the same on both.
            for (String struct : structs(BINDINGS.resolve("aarch64"))) {
                addStruct(bindings, "dev.gatun.ffm.aarch64.", struct);
            }
        }
        assertThat(bindings).hasSizeGreaterThan(50);
        assertThat(compiler.values(CCompiler.BINDINGS_HEADER, bindings.keySet()))
                .containsExactlyInAnyOrderEntriesOf(bindings);
    }

    private static List<String> structs(Path folder) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.sorted().toList()) {
                if (file.toString().endsWith(".java")
                        && Files.readString(file).contains("static final GroupLayout layout()")) {
                    String name = file.getFileName().toString();
                    names.add(name.substring(0, name.length() - 5));
                }
            }
        }
        return names;
    }

    private static void addStruct(Map<String, Long> all, String owner, String name) throws Exception {
        Class<?> struct = Class.forName(owner + name);
        GroupLayout layout = (GroupLayout) struct.getMethod("layout").invoke(null);
        String keyword = layout instanceof UnionLayout ? "union " : "struct ";
        boolean typedef = name.endsWith("_t") || name.endsWith("_ARG");
        String type = typedef ? name : keyword + name;
        all.put("sizeof(" + type + ")", layout.byteSize());
        for (Method method : struct.getMethods()) {
            String field = method.getName();
            if (field.endsWith("$offset")) {
                field = field.substring(0, field.length() - 7);
                all.put("offsetof(" + type + ", " + field + ")", (Long) method.invoke(null));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyConstantOfTheBindingsIsTheCompilers(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        boolean x86 = architecture == Architecture.X86_64;
        Map<String, Long> bindings = constants(x86 ? Linux.class : dev.gatun.ffm.aarch64.Linux.class);
        Map<String, Long> compiled = compiler.values(CCompiler.BINDINGS_HEADER, bindings.keySet());
        // Headers older than those of the bindings lack a few names; what both know must be equal.
        assertThat(compiled.size()).isGreaterThan(bindings.size() * 9 / 10);
        Map<String, Long> different = new TreeMap<>();
        compiled.forEach((name, value) -> {
            long ours = bindings.get(name);
            // The bindings keep what C calls unsigned int as an int of the same bits.
            if (ours != value && ours != value.intValue()) {
                different.put(name, value);
            }
        });
        assertThat(different).as("values by the compiler that the bindings do not have").isEmpty();
    }

    private static Map<String, Long> constants(Class<?> bindings) throws ReflectiveOperationException {
        Map<String, Long> all = new TreeMap<>();
        for (Class<?> at = bindings; at != null && at.getPackageName().startsWith("dev.gatun.ffm"); at =
                at.getSuperclass()) {
            // By the fields: among the methods there are fork() and setsid().
            for (Field field : at.getDeclaredFields()) {
                boolean number = field.getType() == int.class || field.getType() == long.class;
                if (number && Modifier.isStatic(field.getModifiers()) && !field.getName().contains("$")) {
                    Method accessor = at.getMethod(field.getName());
                    all.putIfAbsent(field.getName(), ((Number) accessor.invoke(null)).longValue());
                }
            }
        }
        return all;
    }

    /** The x86-64 package is used on both processors, so what is taken from it must be equal on both. */
    @Test
    void constantsUsedOnBothProcessorsAreTheSameOnBoth() throws Exception {
        CCompiler.AARCH64.assumeInstalled();
        Map<String, Long> x86 = constants(Linux.class);
        Map<String, Long> used = new TreeMap<>();
        for (String name : constantsInTheSources()) {
            if (x86.containsKey(name)) {
                used.put(name, x86.get(name));
            }
        }
        assertThat(used).hasSizeGreaterThan(60);
        Map<String, Long> aarch64 = new TreeMap<>(CCompiler.AARCH64.values(CCompiler.BINDINGS_HEADER, used.keySet()));
        aarch64.replaceAll((name, value) -> value == used.get(name) || value.intValue() == used.get(name)
                ? used.get(name)
                : value);
        assertThat(aarch64).isEqualTo(used);
    }

    private static Set<String> constantsInTheSources() throws IOException {
        Pattern use = Pattern.compile("(?<![.\\w])Linux\\.(\\w+)\\(\\)");
        Set<String> names = new TreeSet<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
                // There each processor has its own numbers.
                if (!file.endsWith("SystemCall.java")) {
                    Matcher matcher = use.matcher(Files.readString(file));
                    while (matcher.find()) {
                        names.add(matcher.group(1));
                    }
                }
            }
        }
        return names;
    }

    @ParameterizedTest
    @EnumSource
    void systemCallsHaveTheNumbersOfTheHeaders(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> ours = new LinkedHashMap<>();
        for (SystemCall call : SystemCall.values()) {
            ours.put("__NR_" + call.text(), (long) call.number(architecture));
        }
        assertThat(compiler.values("#include <asm/unistd.h>\n", ours.keySet())).isEqualTo(ours);
    }

    @ParameterizedTest
    @EnumSource
    void errnoTableHasTheNumbersOfTheHeaders(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> ours = new LinkedHashMap<>();
        for (int errno = 1; errno < 200; errno++) {
            if (!Errno.name(errno).startsWith("errno ")) {
                ours.put(Errno.name(errno), (long) errno);
            }
        }
        assertThat(ours).hasSizeGreaterThan(125);
        assertThat(compiler.values("#include <errno.h>\n", ours.keySet())).isEqualTo(ours);
    }

    @ParameterizedTest
    @EnumSource
    void signalsHaveTheNumbersOfTheHeaders(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> ours = new LinkedHashMap<>();
        for (int signal = 1; signal <= 31; signal++) {
            ours.put(Signal.name(signal), (long) signal);
        }
        for (String alias : List.of("IOT", "CLD", "POLL")) {
            ours.put("SIG" + alias, (long) Signal.parse(alias).orElseThrow().number());
        }
        ours.put("__SIGRTMIN", 32L);
        ours.put("__SIGRTMAX", (long) Signal.MAX);
        assertThat(compiler.values("#include <signal.h>\n", ours.keySet())).isEqualTo(ours);
    }

    @ParameterizedTest
    @EnumSource
    void limitsHaveTheNumbersOfTheHeaders(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> ours = new LinkedHashMap<>();
        for (Rlimit.Resource resource : Rlimit.Resource.values()) {
            ours.put("RLIMIT_" + resource.name(), (long) resource.number());
        }
        ours.put("RLIM_NLIMITS", (long) Rlimit.Resource.values().length);
        assertThat(compiler.values(CCompiler.BINDINGS_HEADER, ours.keySet())).isEqualTo(ours);
    }

    @ParameterizedTest
    @EnumSource
    void capabilitiesHaveTheNumbersOfTheHeaders(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        Map<String, Long> ours = new LinkedHashMap<>();
        for (Capability capability : Capability.values()) {
            ours.put(capability.toString(), (long) capability.number());
        }
        Map<String, Long> theirs = compiler.values("#include <linux/capability.h>\n", ours.keySet());
        // The last three are of Linux 5.8 and 5.9, younger than some headers.
        assertThat(theirs).hasSizeGreaterThanOrEqualTo(38);
        ours.keySet().retainAll(theirs.keySet());
        assertThat(theirs).isEqualTo(ours);
    }

    @ParameterizedTest
    @EnumSource
    void tapeEntryIsThatOfTheStub(Architecture architecture) throws Exception {
        CCompiler compiler = CCompiler.of(architecture);
        compiler.assumeInstalled();
        String entry = "#include <stddef.h>\n"
                + "struct entry { int number, last; long argument[6], *result, required, mask; };\n";
        Map<String, Long> ours = new LinkedHashMap<>();
        ours.put("sizeof(struct entry)", (long) TapeMemory.ENTRY_BYTES);
        ours.put("offsetof(struct entry, argument)", (long) TapeMemory.ARGUMENTS_OFFSET);
        ours.put("offsetof(struct entry, result)", (long) TapeMemory.RESULT_ADDRESS_OFFSET);
        ours.put("offsetof(struct entry, required)", (long) TapeMemory.REQUIRED_OFFSET);
        ours.put("offsetof(struct entry, mask)", (long) TapeMemory.MASK_OFFSET);
        assertThat(compiler.values(entry, ours.keySet())).isEqualTo(ours);
    }
}
