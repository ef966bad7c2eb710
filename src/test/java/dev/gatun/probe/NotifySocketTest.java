package dev.gatun.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.DatagramSocket;
import dev.gatun.linux.Errno;
import dev.gatun.linux.NoFdLeak;
import dev.gatun.linux.UnixAddress;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@ExtendWith(NoFdLeak.class)
class NotifySocketTest implements NotifySocket.Listener {

    /** The usual client: it waits until the message has been handled, by a descriptor that it sends after it. */
    private static final String CLIENT = """
            import array, os, select, socket
            sender = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            sender.connect(os.environ['NOTIFY_SOCKET'])
            input()
            sender.send(b'READY=1')
            reader, writer = os.pipe()
            rights = array.array('i', [writer])
            sender.sendmsg([b'BARRIER=1'], [(socket.SOL_SOCKET, socket.SCM_RIGHTS, rights)])
            os.close(writer)
            poll = select.poll()
            poll.register(reader, select.POLLHUP)
            assert poll.poll(20000)
            """;

    private final FaultyLibc faults = new FaultyLibc();
    private final TestLoop test = new TestLoop(faults.libc());
    private final int ourselves = (int) test.libc.getpid();
    private final List<Notification> heard = new ArrayList<>();
    private final List<Integer> senders = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private int accepted = ourselves;
    private NotifySocket socket;

    @TempDir
    Path folder;

    @AfterEach
    void close() {
        if (socket != null) {
            socket.close();
        }
        assertThat(test.problems).isEmpty();
        test.close();
    }

    @Override
    public void onNotification(int senderPid, Notification notification) {
        senders.add(senderPid);
        heard.add(notification);
        if (notification instanceof Notification.Stopping) {
            socket.close();
        }
    }

    @Override
    public void onProblem(String problem) {
        problems.add(problem);
    }

    private UnixAddress path() {
        return UnixAddress.parse(folder.resolve("notify").toString());
    }

    private UnixAddress open(UnixAddress address) {
        socket = NotifySocket.open(test.libc, test.loop, address, pid -> pid == accepted, this);
        return socket.address();
    }

    private void send(UnixAddress to, String... messages) {
        try (DatagramSocket sender = DatagramSocket.open(test.libc)) {
            for (String message : messages) {
                byte[] bytes = message.getBytes(StandardCharsets.ISO_8859_1);
                assertThat(sender.send(to, bytes)).isEqualTo(bytes.length);
            }
        }
    }

    private void untilHeard(int count) {
        test.until(count + " notifications", () -> heard.size() >= count);
        assertThat(heard).hasSize(count);
    }

    @Test
    void whatTheServiceSaysIsHeard() {
        send(open(path()), "READY=1\nSTATUS=up", "WATCHDOG=1");
        untilHeard(3);
        assertThat(heard).containsExactly(
                new Notification.Ready(), new Notification.Status("up"), new Notification.Watchdog());
        assertThat(senders).containsOnly(ourselves);
        assertThat(problems).isEmpty();
    }

    @Test
    void anAbstractAddressWorksToo() {
        send(open(UnixAddress.parse("@gatun-notify-test-" + ourselves)), "READY=1");
        untilHeard(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessOfTheServiceIsHeardAndAStrangerIsNot(boolean ours) throws IOException, InterruptedException {
        open(path());
        ProcessBuilder builder = new ProcessBuilder("python3", "-c", CLIENT).inheritIO().redirectInput(Redirect.PIPE);
        builder.environment().put("NOTIFY_SOCKET", path().toString());
        Process client = builder.start();
        accepted = ours ? (int) client.pid() : ourselves;
        client.getOutputStream().write('\n');
        client.getOutputStream().close();
        test.until("the client's end", () -> {
            test.loop.schedule(Duration.ofMillis(5), () -> {});
            return !client.isAlive();
        });
        assertThat(client.exitValue()).isZero();
        if (ours) {
            assertThat(heard).containsExactly(new Notification.Ready());
            assertThat(senders).containsExactly((int) client.pid());
        } else {
            assertThat(heard).isEmpty();
            assertThat(problems).containsExactly("a notification from process " + client.pid()
                    + " is ignored: it is none of the service's");
        }
        client.waitFor();
    }

    @Test
    void whatIsTooLongIsAProblemAndTheNextIsHeard() {
        send(open(path()), "STATUS=" + "x".repeat(DatagramSocket.MAX_PAYLOAD_BYTES), "READY=1");
        untilHeard(1);
        assertThat(problems).containsExactly(
                "a notification of process " + ourselves + " is ignored: it has more than 4096 bytes");
    }

    @Test
    void whatIsNoTextIsAProblem() {
        send(open(path()), "STATUS=\u00ff", "READY=1");
        untilHeard(1);
        assertThat(problems)
                .containsExactly("a notification of process " + ourselves + " is not understood: it is not UTF-8");
    }

    @Test
    void aSenderThatMakesManyMistakesDoesNotFillTheLog() {
        UnixAddress address = open(path());
        for (int i = 0; i < 50; i++) {
            send(address, "ERRNO=x", "STATUS=" + i);
            untilHeard(i + 1);
        }
        assertThat(problems.size()).isBetween(1, 25);
        assertThat(problems.getFirst())
                .isEqualTo("a notification of process " + ourselves + " is not understood: ERRNO=x is not a number");
        test.turn(Duration.ofSeconds(1));
        int before = problems.size();
        send(address, "ERRNO=y");
        test.until("the next", () -> problems.size() > before);
        assertThat(problems.getLast()).contains("ERRNO=y is not a number (and ").endsWith(" such problems before)");
    }

    @Test
    void manyMessagesAreAllHeardAndLeaveOthersTheirTurn() {
        UnixAddress address = open(path());
        boolean[] turn = new boolean[1];
        int count = 0;
        try (DatagramSocket sender = DatagramSocket.open(test.libc)) {
            while (sender.send(address, "WATCHDOG=1".getBytes(StandardCharsets.UTF_8)) > 0) {
                count++;
            }
        }
        test.loop.post(() -> turn[0] = true);
        test.loop.runOnce();
        assertThat(turn[0]).isTrue();
        assertThat(heard.size()).isLessThanOrEqualTo(32);
        int all = count;
        test.until("all", () -> heard.size() == all);
    }

    @Test
    void aListenerThatClosesHearsNoMore() {
        send(open(path()), "STOPPING=1\nSTATUS=bye", "READY=1");
        untilHeard(1);
        assertThat(folder.resolve("notify")).doesNotExist();
        test.turn(Duration.ofMillis(20));
        assertThat(heard).containsExactly(new Notification.Stopping());
    }

    @Test
    void anAddressThatCannotBeHadIsNamedAndNothingStaysOpen() {
        UnixAddress address = UnixAddress.parse(folder.resolve("none/notify").toString());
        assertThatThrownBy(() -> open(address))
                .hasMessage("bind(" + address + "): ENOENT (No such file or directory)");
        faults.refuse("epoll_ctl", Errno.ENOMEM, 1);
        assertThatThrownBy(() -> open(path())).hasMessageContaining("ENOMEM");
        assertThat(folder.resolve("notify")).doesNotExist();
    }
}
