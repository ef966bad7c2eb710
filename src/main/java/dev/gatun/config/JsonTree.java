package dev.gatun.config;

import dev.gatun.log.JsonText;
import java.util.Collection;
import java.util.Map;

/** Writes maps, collections, texts, numbers, booleans and nulls as JSON: two spaces a level, short lists on one line. */
public final class JsonTree {

    private final StringBuilder json = new StringBuilder();

    private JsonTree() {}

    /** With a line break at its end. */
    public static String write(Map<String, Object> root) {
        JsonTree tree = new JsonTree();
        tree.object(root, "\n");
        return tree.json.append('\n').toString();
    }

    private void value(Object value, String lineBreak) {
        if (value instanceof Map<?, ?> map) {
            object(map, lineBreak);
        } else if (value instanceof Collection<?> items) {
            array(items, lineBreak);
        } else if (value instanceof String text) {
            JsonText.quote(json, text);
        } else {
            json.append(value instanceof Double number ? NumberText.of(number) : String.valueOf(value));
        }
    }

    private void object(Map<?, ?> map, String lineBreak) {
        if (map.isEmpty()) {
            json.append("{}");
            return;
        }
        String inner = lineBreak + "  ";
        String separator = "{";
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            json.append(separator).append(inner);
            JsonText.quote(json, (String) entry.getKey());
            json.append(": ");
            value(entry.getValue(), inner);
            separator = ",";
        }
        json.append(lineBreak).append('}');
    }

    /** Words, as types and choices are, on one line; of objects each on a line of its own. */
    private void array(Collection<?> items, String lineBreak) {
        boolean ofObjects = items.stream().anyMatch(Map.class::isInstance);
        String inner = ofObjects ? lineBreak + "  " : "";
        String separator = "[";
        for (Object item : items) {
            json.append(separator).append(inner);
            value(item, inner);
            separator = ofObjects ? "," : ", ";
        }
        json.append(items.isEmpty() ? "[" : ofObjects ? lineBreak : "").append(']');
    }
}
