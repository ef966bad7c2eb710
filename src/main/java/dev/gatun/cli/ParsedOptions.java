package dev.gatun.cli;

import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What stood on a command line: options with their values in order, and the operands. */
final class ParsedOptions {

    /** In place of a value, for options that take none. */
    private static final CString PRESENT = CString.of("");

    private final Map<Option, List<CString>> values = new IdentityHashMap<>();
    private List<CString> operands = List.of();

    void add(Option option, CString value) {
        List<CString> list = values.get(option);
        if (list == null) {
            list = new ArrayList<>();
            values.put(option, list);
        }
        list.add(value == null ? PRESENT : value);
    }

    void setOperands(List<CString> words) {
        operands = words;
    }

    List<CString> operands() {
        return operands;
    }

    boolean has(Option option) {
        return values.containsKey(option);
    }

    int count(Option option) {
        return raw(option).size();
    }

    /** The values as they are, for what is handed on. */
    List<CString> raw(Option option) {
        List<CString> list = values.get(option);
        return list == null ? List.of() : list;
    }

    /** The values as text. */
    List<String> texts(Option option) {
        List<String> texts = new ArrayList<>();
        for (CString value : raw(option)) {
            texts.add(value.toString());
        }
        return texts;
    }

    Optional<String> text(Option option) {
        List<CString> list = raw(option);
        return list.isEmpty() ? Optional.empty() : Optional.of(list.getLast().toString());
    }
}
