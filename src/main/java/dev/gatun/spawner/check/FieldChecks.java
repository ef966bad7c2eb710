package dev.gatun.spawner.check;

import static dev.gatun.spawner.check.Chapter.MESSAGES;
import static dev.gatun.spawner.check.Chapter.OPTIONS;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.gatun.spawner.message.Call;
import dev.gatun.spawner.message.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Fields that are missing or of the wrong type. */
final class FieldChecks {

    static final List<Check> ALL = List.of(
            Check.of("launch-fields-missing", OPTIONS, "it refuses a launch without a field as invalid and names it",
                    FieldChecks::launchMissing),
            Check.of("launch-fields-wrong", OPTIONS,
                    "it refuses a launch with a field of the wrong type as invalid and names it",
                    FieldChecks::launchWrong),
            Check.of("request-fields-missing", MESSAGES,
                    "it refuses other requests without a field as invalid and names it", FieldChecks::othersMissing),
            Check.of("request-fields-wrong", MESSAGES,
                    "it refuses other requests with a field of the wrong type as invalid and names it",
                    FieldChecks::othersWrong));

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    /** What none of these fields may be. */
    private static final Map<String, JsonNode> WRONG = Map.ofEntries(
            Map.entry("protocol", JSON.textNode("1")),
            Map.entry("launcher", JSON.textNode("gatun")),
            Map.entry("cookie", JSON.numberNode(1)),
            Map.entry("proc", JSON.numberNode(1)),
            Map.entry("generation", JSON.textNode("1")),
            Map.entry("options", JSON.textNode("none")),
            Map.entry("bootstrap_payload", JSON.numberNode(1)),
            Map.entry("process_name", JSON.booleanNode(true)),
            Map.entry("program", JSON.nullNode()),
            Map.entry("arg0", JSON.numberNode(0)),
            Map.entry("args", JSON.arrayNode().add(1)),
            Map.entry("env", JSON.objectNode().put("NAME", 1)),
            Map.entry("inherit_env", JSON.textNode("yes")),
            Map.entry("want_stdio", JSON.numberNode(1)),
            Map.entry("tail_lines", JSON.textNode("3")),
            Map.entry("log_channel", JSON.arrayNode()),
            Map.entry("proc_bind", JSON.textNode("0")),
            Map.entry("limits", JSON.nullNode()),
            Map.entry("cwd", JSON.numberNode(1)),
            Map.entry("user", JSON.numberNode(0)),
            Map.entry("group", JSON.numberNode(0)),
            Map.entry("cgroup", JSON.booleanNode(false)),
            Map.entry("settings", JSON.arrayNode()),
            Map.entry("handle", JSON.numberNode(1)),
            Map.entry("mode", JSON.textNode("later")),
            Map.entry("timeout_secs", JSON.textNode("5")),
            Map.entry("memory_bytes", JSON.textNode("1M")),
            Map.entry("processors", JSON.textNode("2")),
            Map.entry("processes", JSON.booleanNode(true)),
            Map.entry("rlimits", JSON.objectNode()));

    private FieldChecks() {}

    private static void launchMissing(Stage stage) {
        Session session = stage.greeted();
        ObjectNode whole = launch(stage);
        for (String name : names(whole)) {
            session.expectNamed(session.send("launch", without(whole, name)), name, "without " + name);
        }
        ObjectNode options = (ObjectNode) whole.get("options");
        for (String name : names(options)) {
            ObjectNode bent = whole.deepCopy();
            bent.set("options", without(options, name));
            session.expectNamed(session.send("launch", bent), name, "without options." + name);
        }
    }

    private static void launchWrong(Stage stage) {
        Session session = stage.greeted();
        ObjectNode whole = launch(stage);
        for (String name : names(whole)) {
            session.expectNamed(session.send("launch", with(whole, name)), name, name + " as " + WRONG.get(name));
        }
        ObjectNode options = (ObjectNode) whole.get("options");
        for (String name : names(options)) {
            session.expectNamed(session.send("launch", withOptions(whole, with(options, name))), name,
                    "options." + name + " as " + WRONG.get(name));
        }
        ObjectNode limits = (ObjectNode) options.get("limits");
        for (String name : names(limits)) {
            ObjectNode changed = options.deepCopy();
            changed.set("limits", with(limits, name));
            session.expectNamed(session.send("launch", withOptions(whole, changed)), name,
                    "options.limits." + name + " as " + WRONG.get(name));
        }
    }

    private static void othersMissing(Stage stage) {
        Session session = stage.start();
        requests(session.hello()).forEach((method, whole) -> {
            for (String name : names(whole)) {
                session.expectNamed(session.send(method, without(whole, name)), name, "without " + name);
            }
        });
    }

    private static void othersWrong(Stage stage) {
        Session session = stage.start();
        requests(session.hello()).forEach((method, whole) -> {
            for (String name : names(whole)) {
                session.expectNamed(session.send(method, with(whole, name)), name, name + " as " + WRONG.get(name));
            }
        });
    }

    private static Map<String, ObjectNode> requests(Result.Hello claims) {
        Map<String, ObjectNode> requests = new LinkedHashMap<>();
        requests.put("hello", Requests.hello(claims.cookie()));
        requests.put("terminate", Requests.terminate("nobody", 1, 5));
        requests.put("kill", Requests.kill("nobody", 1));
        if (claims.capabilities().recover()) {
            requests.put("recover", Requests.recover("nobody", 1, "nowhere"));
        }
        requests.put("shutdown", Requests.shutdown(Call.Mode.STOP));
        return requests;
    }

    private static ObjectNode launch(Stage stage) {
        return Requests.launch("a", 1, stage.script("exit 0"));
    }

    private static List<String> names(ObjectNode object) {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static ObjectNode without(ObjectNode object, String name) {
        ObjectNode bent = object.deepCopy();
        bent.remove(name);
        return bent;
    }

    private static ObjectNode with(ObjectNode object, String name) {
        ObjectNode bent = object.deepCopy();
        bent.set(name, WRONG.get(name));
        return bent;
    }

    private static ObjectNode withOptions(ObjectNode launch, ObjectNode options) {
        ObjectNode bent = launch.deepCopy();
        bent.set("options", options);
        return bent;
    }
}
