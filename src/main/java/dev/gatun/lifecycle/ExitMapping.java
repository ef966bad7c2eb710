package dev.gatun.lifecycle;

import java.util.Arrays;
import java.util.List;

/** Which exit code is answered for which, as {@code --map-exit 143=0} asks. Immutable. */
public final class ExitMapping {
    /** Every code stays what it is. */
    public static final ExitMapping IDENTITY = new ExitMapping(null);

    private static final int CODES = 256;

    /** Null for the identity: nearly every run has no mapping and needs no table. */
    private final int[] mapped;

    private ExitMapping(int[] mapped) {
        this.mapped = mapped;
    }

    /**
     * The rules in their order; where two speak of the same code, the later wins. Rules are not chained.
     *
     * @throws IllegalArgumentException with a sentence for the user if a rule cannot be read
     */
    public static ExitMapping parse(List<String> rules) {
        ExitMapping mapping = IDENTITY;
        for (String rule : rules) {
            mapping = mapping.with(rule);
        }
        return mapping;
    }

    /**
     * This mapping and one more rule.
     *
     * @param rule {@code N=M} or {@code FIRST-LAST=M}, all in 0..255
     * @throws IllegalArgumentException with a sentence for the user if the rule cannot be read
     */
    public ExitMapping with(String rule) {
        int equals = rule.indexOf('=');
        if (equals < 0) {
            throw refusal(rule, "expected N=M or FIRST-LAST=M, such as 143=0");
        }
        int dash = rule.lastIndexOf('-', equals);
        int first = code(rule, 0, dash > 0 ? dash : equals);
        int last = dash > 0 ? code(rule, dash + 1, equals) : first;
        int result = code(rule, equals + 1, rule.length());
        if (first > last) {
            throw refusal(rule, first + " is above " + last);
        }
        int[] next = mapped == null ? identity() : mapped.clone();
        Arrays.fill(next, first, last + 1, result);
        return new ExitMapping(next);
    }

    /**
     * The code to answer for {@code exitCode}.
     *
     * @throws IllegalArgumentException if it is outside 0..255
     */
    public int apply(int exitCode) {
        if (exitCode < 0 || exitCode >= CODES) {
            throw new IllegalArgumentException("exit code must be in 0..255, not " + exitCode);
        }
        return mapped == null ? exitCode : mapped[exitCode];
    }

    private static int[] identity() {
        int[] codes = new int[CODES];
        for (int code = 0; code < CODES; code++) {
            codes[code] = code;
        }
        return codes;
    }

    private static int code(String rule, int begin, int end) {
        int code = 0;
        for (int at = begin; at < end; at++) {
            int digit = rule.charAt(at) - '0';
            if (digit < 0 || digit > 9 || code >= CODES) {
                throw notACode(rule, begin, end);
            }
            code = 10 * code + digit;
        }
        if (begin == end || code >= CODES) {
            throw notACode(rule, begin, end);
        }
        return code;
    }

    private static IllegalArgumentException notACode(String rule, int begin, int end) {
        return refusal(rule, "`" + rule.substring(begin, end) + "` is not an exit code in 0..255");
    }

    private static IllegalArgumentException refusal(String rule, String why) {
        return new IllegalArgumentException("exit mapping `" + rule + "`: " + why);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExitMapping that && Arrays.equals(codes(), that.codes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(codes());
    }

    /** {@code 129=1 143=0}: the codes that change. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (int code = 0; code < CODES; code++) {
            if (apply(code) != code) {
                text.append(text.isEmpty() ? "" : " ").append(code).append('=').append(apply(code));
            }
        }
        return text.isEmpty() ? "identity" : text.toString();
    }

    private int[] codes() {
        return mapped == null ? identity() : mapped;
    }
}
