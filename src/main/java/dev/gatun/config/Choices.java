package dev.gatun.config;

import java.util.ArrayList;
import java.util.List;

/** The words that a key takes. */
final class Choices {

    private Choices() {}

    static List<String> words(Choice[] choices) {
        List<String> words = new ArrayList<>(choices.length);
        for (Choice choice : choices) {
            words.add(choice.text());
        }
        return words;
    }

    /** As what was expected: {@code one of tree, process, cgroup}. */
    static String inWords(List<String> words) {
        return words.size() == 1 ? words.get(0) : "one of " + String.join(", ", words);
    }
}
