package dev.gatun.config;

import dev.gatun.config.Node.Entry;
import dev.gatun.config.Node.Kind;
import dev.gatun.config.Node.Mapping;
import dev.gatun.config.Node.Scalar;
import dev.gatun.config.Node.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** As much of a validator of JSON Schema as our schemas need; takes YAML by the core schema of 1.2, as editors do. */
final class Schemas {

    private static final Pattern INTEGER = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");

    private Schemas() {}

    static boolean isValid(Node schema, Node value) {
        if (schema.kind() == Kind.SCALAR) {
            return ((Scalar) schema).text().equals("true");
        }
        for (Entry rule : ((Mapping) schema).entries()) {
            if (!obeys((Mapping) schema, rule, value)) {
                return false;
            }
        }
        return true;
    }

    private static boolean obeys(Mapping schema, Entry rule, Node value) {
        boolean isNumber = types(value).contains("number");
        return switch (rule.key()) {
            case "$schema", "$id", "title", "description", "default", "deprecated" -> true;
            case "type" -> items(rule.value()).stream().anyMatch(type -> types(value).contains(((Scalar) type).text()));
            case "enum" -> items(rule.value()).stream().anyMatch(word -> same(word, value));
            case "minimum" -> !isNumber || number(value) >= number(rule.value());
            case "exclusiveMinimum" -> !isNumber || number(value) > number(rule.value());
            case "maximum" -> !isNumber || number(value) <= number(rule.value());
            case "pattern" -> !types(value).contains("string")
                    || Pattern.compile(((Scalar) rule.value()).text()).matcher(((Scalar) value).text()).find();
            case "items" -> value.kind() != Kind.SEQUENCE
                    || items(value).stream().allMatch(item -> isValid(rule.value(), item));
            case "required" -> value.kind() != Kind.MAPPING
                    || items(rule.value()).stream().allMatch(name -> value(value, name).isPresent());
            case "properties" -> value.kind() != Kind.MAPPING || ((Mapping) rule.value()).entries().stream().allMatch(
                    property -> ((Mapping) value).get(property.key()).map(one -> isValid(property.value(), one))
                            .orElse(true));
            case "additionalProperties" -> value.kind() != Kind.MAPPING || ((Mapping) value).entries().stream()
                    .filter(entry -> !isProperty(schema, entry.key()))
                    .allMatch(entry -> isValid(rule.value(), entry.value()));
            default -> throw new IllegalArgumentException(rule.key());
        };
    }

    private static boolean isProperty(Mapping schema, String key) {
        return schema.get("properties").flatMap(properties -> ((Mapping) properties).get(key)).isPresent();
    }

    private static Optional<Node> value(Node mapping, Node name) {
        return ((Mapping) mapping).get(((Scalar) name).text());
    }

    private static List<Node> items(Node node) {
        return node.kind() == Kind.SEQUENCE ? ((Sequence) node).items() : List.of(node);
    }

    private static boolean same(Node left, Node right) {
        return left.isAbsent() && right.isAbsent() || !left.isAbsent() && types(right).contains("string")
                && ((Scalar) left).text().equals(((Scalar) right).text());
    }

    private static double number(Node node) {
        String text = ((Scalar) node).text();
        return text.startsWith("0x") ? Long.parseLong(text.substring(2), 16)
                : text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Double.parseDouble(text);
    }

    private static List<String> types(Node node) {
        if (node.kind() != Kind.SCALAR) {
            return List.of(node.kind() == Kind.SEQUENCE ? "array" : "object");
        }
        Scalar scalar = (Scalar) node;
        List<String> types = new ArrayList<>();
        if (scalar.isNull()) {
            types.add("null");
        } else if (!scalar.quoted() && List.of("true", "false", "True", "False").contains(scalar.text())) {
            types.add("boolean");
        } else if (!scalar.quoted()
                && (INTEGER.matcher(scalar.text()).matches() || DECIMAL.matcher(scalar.text()).matches())) {
            types.add("number");
            if (number(scalar) == Math.rint(number(scalar))) {
                types.add("integer");
            }
        } else {
            types.add("string");
        }
        return types;
    }
}
