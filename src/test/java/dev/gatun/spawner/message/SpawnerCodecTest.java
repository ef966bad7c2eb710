package dev.gatun.spawner.message;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gatun.linux.Rlimit;
import dev.gatun.process.LaunchOptions;
import dev.gatun.process.ProcBind;
import dev.gatun.process.ProcUser;
import dev.gatun.process.ResourceLimits;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpawnerCodecTest {

    private static final String HELLO = "{\"id\": 7, \"result\": {\"name\": \"n\", \"version\": \"v\", "
            + "\"protocols\": [1], \"cookie\": \"c\", \"capabilities\": {\"recover\": true, \"signal\": true, "
            + "\"stdio\": \"captured\", \"pid\": true, \"limits\": false, \"core_dumped\": true, \"tree_kill\": true}}}";

    private final SpawnerCodec codec = new SpawnerCodec();

    private SpawnerMessage decode(String line, Method... method) {
        return codec.decode(
                line.getBytes(StandardCharsets.UTF_8), id -> id == 7 ? List.of(method).stream().findFirst() : Optional.empty());
    }

    private Result result(String json, Method method) {
        return ((SpawnerMessage.Reply) decode("{\"id\": 7, \"result\": " + json + "}", method)).result();
    }

    private String refusal(String line) {
        try {
            return "no refusal but " + decode(line);
        } catch (MalformedMessageException refused) {
            return refused.getMessage();
        }
    }

    private String line(Call call) {
        return new String(codec.encode(new Request(7, call)), StandardCharsets.UTF_8);
    }

    @Test
    void requestsAreWhatTheDocumentSays() {
        assertThat(line(new Call.Hello(1, new Call.Peer("gatun", "0.1"), "c"))).isEqualTo(
                "{\"id\":7,\"method\":\"hello\",\"params\":{\"protocol\":1,\"launcher\":{\"name\":\"gatun\",\"version\":\"0.1\"},"
                        + "\"cookie\":\"c\"}}\n");
        assertThat(line(new Call.Terminate("web", 2, 1.5))).isEqualTo(
                "{\"id\":7,\"method\":\"terminate\",\"params\":{\"proc\":\"web\",\"generation\":2,\"timeout_secs\":1.5}}\n");
        assertThat(line(new Call.Kill("wéb\n", 2))).isEqualTo(
                "{\"id\":7,\"method\":\"kill\",\"params\":{\"proc\":\"wéb\\n\",\"generation\":2}}\n");
        assertThat(line(new Call.Processes())).isEqualTo("{\"id\":7,\"method\":\"list\",\"params\":{}}\n");
        assertThat(line(new Call.Recover("web", 2, "h"))).isEqualTo(
                "{\"id\":7,\"method\":\"recover\",\"params\":{\"proc\":\"web\",\"generation\":2,\"handle\":\"h\"}}\n");
        assertThat(line(new Call.Ping())).isEqualTo("{\"id\":7,\"method\":\"ping\",\"params\":{}}\n");
        assertThat(line(new Call.Shutdown(Call.Mode.DETACH)))
                .isEqualTo("{\"id\":7,\"method\":\"shutdown\",\"params\":{\"mode\":\"detach\"}}\n");
    }

    @Test
    void allFieldsOfOptionsAreThere() {
        assertThat(line(new Call.Launch("web", 3, WireOptions.of(LaunchOptions.builder("sleep", "9").build())))).isEqualTo(
                "{\"id\":7,\"method\":\"launch\",\"params\":{\"proc\":\"web\",\"generation\":3,\"options\":{"
                        + "\"bootstrap_payload\":null,\"process_name\":null,\"program\":\"sleep\",\"arg0\":null,"
                        + "\"args\":[\"9\"],\"env\":{},\"inherit_env\":true,\"want_stdio\":false,\"tail_lines\":20,"
                        + "\"log_channel\":null,\"proc_bind\":null,\"limits\":{\"memory_bytes\":null,\"processors\":null,"
                        + "\"processes\":null,\"rlimits\":[]},\"cwd\":null,\"user\":null,\"group\":null,\"cgroup\":null,"
                        + "\"settings\":{}}}}\n");
    }

    @Test
    void optionsAreSaidAsTheyAre() {
        LaunchOptions options = LaunchOptions.builder("/bin/x", "a")
                .bootstrapPayload("p").processName("n").argument0("z").environment(Map.of("K", "v"))
                .inheritsEnvironment(false).wantsOutput(true).tailLines(0).logChannel("c")
                .bind(ProcBind.cpus("0-3")).limits(ResourceLimits.NONE.withMemoryBytes(1L << 40).withProcessors(1.5))
                .rlimits(List.of(new Rlimit(Rlimit.Resource.NOFILE, 10, Rlimit.UNLIMITED)))
                .workingDirectory("/w").user(new ProcUser("u", Optional.of("g"))).cgroup("/c")
                .settings(Map.of("image", "i")).build();
        assertThat(line(new Call.Launch("web", 3, WireOptions.of(options)))).endsWith("\"options\":{"
                + "\"bootstrap_payload\":\"p\",\"process_name\":\"n\",\"program\":\"/bin/x\",\"arg0\":\"z\","
                + "\"args\":[\"a\"],\"env\":{\"K\":\"v\"},\"inherit_env\":false,\"want_stdio\":true,\"tail_lines\":0,"
                + "\"log_channel\":\"c\",\"proc_bind\":{\"cpunodebind\":null,\"membind\":null,\"physcpubind\":null,"
                + "\"cpus\":\"0-3\"},\"limits\":{\"memory_bytes\":1099511627776,\"processors\":1.5,\"processes\":null,"
                + "\"rlimits\":[{\"resource\":\"nofile\",\"soft\":10,\"hard\":null}]},\"cwd\":\"/w\",\"user\":\"u\","
                + "\"group\":\"g\",\"cgroup\":\"/c\",\"settings\":{\"image\":\"i\"}}}}\n");
    }

    @Test
    void aRequestThatIsTooLongIsNotSent() {
        assertThatThrownBy(() -> line(new Call.Recover("web", 1, "h".repeat(SpawnerCodec.MAX_LINE_BYTES))))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageMatching("the request has \\d+ bytes; a line has at most 1048576");
        assertThatThrownBy(() -> line(new Call.Recover("web", 1, "\ud800")))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("half a character");
    }

    @Test
    void repliesAreReadAsWhatWasAskedFor() {
        assertThat(decode(HELLO, Method.HELLO)).isEqualTo(new SpawnerMessage.Reply(7, new Result.Hello(
                "n", "v", List.of(1), "c", new SpawnerCapabilities(
                        true, true, SpawnerCapabilities.Output.CAPTURED, true, false, true, true))));
        assertThat(result("{\"accepted\": true, \"handle\": \"h\"}", Method.LAUNCH))
                .isEqualTo(new Result.Launch(true, "h"));
        assertThat(result("{\"known\": false}", Method.RECOVER)).isEqualTo(new Result.NotRecovered(false));
        assertThat(result("{\"known\": true, \"pid\": null, \"started_at\": \"2026-01-31T12:00:00.5+01:00\"}", Method.RECOVER))
                .isEqualTo(new Result.Recovered(true, OptionalInt.empty(), Instant.parse("2026-01-31T11:00:00.5Z")));
        assertThat(result("{\"procs\": [{\"proc\": \"a\", \"generation\": 2, \"handle\": \"h\", \"pid\": 3}]}", Method.LIST))
                .isEqualTo(new Result.Processes(List.of(new Result.Listed("a", 2, "h", OptionalInt.of(3)))));
        for (Method method : List.of(Method.TERMINATE, Method.KILL, Method.PING, Method.SHUTDOWN)) {
            assertThat(result("{}", method)).isEqualTo(new Result.Done());
        }
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            LAUNCH    | {"accepted": true}                          | missing field handle
            LAUNCH    | {"handle": "h"}                             | missing field accepted
            LAUNCH    | {"accepted": 1, "handle": "h"}              | field accepted: expected true or false, found another whole number
            LAUNCH    | {"accepted": false, "handle": "h"}          | field accepted: expected true, or an error in place of a result
            LAUNCH    | {"accepted": true, "handle": null}          | field handle: expected a text, found null
            LAUNCH    | {"accepted": true, "handle": "\\ud800"}     | field handle: expected a text of whole characters, found another text
            RECOVER   | {}                                          | missing field known
            RECOVER   | {"known": true, "pid": 1}                   | missing field started_at
            RECOVER   | {"known": true, "started_at": "x"}          | missing field pid
            RECOVER   | {"known": true, "pid": 1, "started_at": "now"} | field started_at: expected a time such as 2026-01-31T12:00:00Z, found another text
            LIST      | {"procs": [{"proc": "a"}]}                  | missing field procs[0].generation
            LIST      | {"procs": {}}                               | field procs: expected a list, found an object
            PING      | null                                        | expected an object, found null
            HELLO     | {"name": "n", "version": "v", "protocols": ["1"], "cookie": "c"} | field protocols[0]: expected a whole number of 32 bits, found another text
            HELLO     | {"name": "n", "version": "v", "protocols": [1], "cookie": "c", "capabilities": {"recover": true, "signal": true, "stdio": "both"}} | field capabilities.stdio: expected captured or managed, found another text
            """)
    void aResultThatLacksSomethingIsTheAnswerAllTheSame(Method method, String json, String problem) {
        assertThat(result(json, method)).isEqualTo(new Result.Malformed(problem));
    }

    @Test
    void whatNobodyAskedForIsNoResult() {
        assertThat(decode("{\"id\": 8, \"result\": {}}")).isEqualTo(
                new SpawnerMessage.Reply(8, new Result.Malformed("nobody has asked for it")));
    }

    @Test
    void errorsAreRead() {
        String error = "\"error\": {\"code\": \"refused\", \"message\": \"no\", \"details\": {\"a\": 1}, \"retryable\": true}";
        SpawnerError expected = new SpawnerError("refused", "no", true);
        assertThat(decode("{\"id\": 7, " + error + "}", Method.LAUNCH))
                .isEqualTo(new SpawnerMessage.ErrorReply(OptionalLong.of(7), expected));
        assertThat(decode("{\"id\": null, " + error + "}"))
                .isEqualTo(new SpawnerMessage.ErrorReply(OptionalLong.empty(), expected));
        assertThat(decode("{\"id\": 7, \"error\": {\"code\": 1}}", Method.LAUNCH)).isEqualTo(new SpawnerMessage.Reply(
                7, new Result.Malformed("field code: expected a text, found another whole number")));
        assertThat(decode("{\"id\": 7, \"result\": {}, " + error + "}", Method.PING)).isEqualTo(
                new SpawnerMessage.Reply(7, new Result.Malformed("a reply has either a result or an error")));
    }

    @Test
    void eventsAreRead() {
        String of = "\"proc\": \"web\", \"generation\": 2, \"seq\": 1";
        assertThat(decode("{\"event\": \"started\", " + of
                + ", \"pid\": 5, \"address\": \"a:1\", \"started_at\": \"2026-01-31T12:00:00Z\", \"more\": []}")).isEqualTo(
                        new SpawnerMessage.Started("web", 2, 1, OptionalInt.of(5), Optional.of("a:1"),
                                Instant.parse("2026-01-31T12:00:00Z")));
        assertThat(decode("{\"event\": \"log\", " + of + ", \"stream\": \"stderr\", \"lines\": [\"x\", \"\"]}")).isEqualTo(
                new SpawnerMessage.Log("web", 2, 1, SpawnerMessage.Stream.STDERR, List.of("x", "")));
        assertThat(decode("{\"event\": \"paused\"}")).isEqualTo(new SpawnerMessage.UnknownEvent("paused"));
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '\'', delimiter = '|', textBlock = """
            ''                                      | a message is an object
            hello                                   | not JSON: Unrecognized token 'hello': was expecting (JSON String, Number, Array, Object or token 'null', 'true' or 'false')
            []                                      | a message is an object
            3                                       | a message is an object
            {}                                      | neither a reply, which has an id, nor an event
            {"event": 1}                            | field event: expected a text
            {"event": "exit"}                       | missing field proc
            {"event": "exit", "proc": null}         | field proc: expected a text, found null
            {"event": "log", "proc": "a", "generation": 1.5} | field generation: expected a whole number of 64 bits, found another number
            {"event": "log", "proc": "a", "generation": 1, "seq": 1, "stream": "tty"} | field stream: expected stdout or stderr, found another text
            {"id": "7", "result": {}}               | field id: expected a whole number of 64 bits or null
            {"id": 7.0, "result": {}}               | field id: expected a whole number of 64 bits or null
            {"id": 99999999999999999999}            | field id: expected a whole number of 64 bits or null
            {"id": null, "result": {}}              | a reply with a result has the id of its request
            """)
    void whatIsNoMessageIsRefused(String line, String sentence) {
        assertThat(refusal(line)).isEqualTo(sentence);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"id\": 7, \"id\": 7, \"result\": {}}",
        "{\"id\": 7, \"result\": {}} x",
        "{\"id\": 7, \"result\": {}}{}",
        "{\"id\": NaN, \"result\": {}}",
        "{\"id\": 7, \"result\": {\"a\": -Infinity}}",
        "{\"id\": 07, \"result\": {}}",
        "{'id': 7, 'result': {}}",
        "{\"id\": 7, \"result\": {},}",
        "// no\n{}",
        "\ufeff{\"id\": 7, \"result\": {}}",
        "{\"a\": \"\t\"}"})
    void whatIsNotStrictlyJsonIsRefused(String line) {
        assertThat(refusal(line)).startsWith("not JSON: ").hasLineCount(1);
    }

    @Test
    void whatIsNoUtf8IsRefused() {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        line.writeBytes("{\"a\": \"".getBytes(StandardCharsets.US_ASCII));
        // An overlong slash, which lenient decoders take for one.
        line.writeBytes(new byte[]{(byte) 0xc0, (byte) 0xaf});
        line.writeBytes("\"}".getBytes(StandardCharsets.US_ASCII));
        assertThatThrownBy(() -> codec.decode(line.toByteArray(), id -> Optional.empty()))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessage("not UTF-8");
    }

    @Test
    void bombsAreRefusedCheaply() {
        List<String> bombs = List.of(
                "[".repeat(500_000),
                "{\"a\":".repeat(100_000),
                "{\"id\": " + "9".repeat(100_000) + "}",
                "{\"event\": \"exit\", \"proc\": \"a\", \"generation\": 1, \"seq\": 1, \"exit_code\": 1e" + "9".repeat(100_000) + "}",
                "{\"id\": 7, \"result\": 0." + "1".repeat(100_000) + "}",
                "x".repeat(SpawnerCodec.MAX_LINE_BYTES + 1));
        long start = System.nanoTime();
        for (String bomb : bombs) {
            assertThat(refusal(bomb)).hasLineCount(1).hasSizeLessThan(300);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
    }

    @Test
    void aNumberThatIsInfiniteAsADoubleDoesNotHang() {
        // Expanded to digits it would have a billion of them.
        assertThat(refusal("{\"id\": 1e1000000000}")).startsWith("field id: expected");
        assertThat(decode("{\"event\": \"exit\", \"proc\": \"a\", \"generation\": 1, \"seq\": 1, \"exit_code\": 1e1000000000,"
                + "\"signal\": null, \"core_dumped\": false, \"failed_reason\": null, \"stderr_tail\": []}"))
                .isInstanceOf(SpawnerMessage.MalformedExit.class);
    }
}
