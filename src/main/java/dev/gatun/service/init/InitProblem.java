package dev.gatun.service.init;

import java.util.List;

/** What keeps a verb from its work, one sentence for each problem. */
public final class InitProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<String> sentences;
    private final boolean isOfLogFolder;

    /** Problems of the configuration. */
    public InitProblem(List<String> sentences) {
        this(sentences, false);
    }

    private InitProblem(List<String> sentences, boolean isOfLogFolder) {
        super(String.join("; ", sentences));
        this.sentences = List.copyOf(sentences);
        this.isOfLogFolder = isOfLogFolder;
    }

    /** The logs cannot be written, for which there is an exit code of its own. */
    static InitProblem ofLogs(String sentence) {
        return new InitProblem(List.of(sentence), true);
    }

    boolean isOfLogs() {
        return isOfLogFolder;
    }

    List<String> sentences() {
        return sentences;
    }
}
