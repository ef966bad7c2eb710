package dev.gatun.config;

import dev.gatun.config.Problem.Severity;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * What the parser complains of, in words for those who write configurations rather than parsers. The parser has no
 * other names for its complaints than their texts.
 */
final class SyntaxMistake {

    private final String fileName;
    private final String context;
    private final String complaint;
    private final Position position;
    private final Position begin;

    private SyntaxMistake(MarkedYamlEngineException exception, String fileName, Position last) {
        this.fileName = fileName;
        this.context = exception.getContext() == null ? "" : exception.getContext();
        this.complaint = exception.getProblem() == null ? "" : exception.getProblem();
        this.position = position(exception.getProblemMark(), last);
        this.begin = position(exception.getContextMark(), position);
    }

    /**
     * The problem that an exception stands for.
     *
     * @param text of the file, for exceptions that know no line
     * @param last of what could be read
     */
    static Problem of(YamlEngineException exception, String fileName, String text, Position last) {
        if (exception instanceof MarkedYamlEngineException marked) {
            SyntaxMistake mistake = new SyntaxMistake(marked, fileName, last);
            return mistake.isInsideQuotes() ? mistake.insideQuotes() : mistake.problem();
        }
        if (exception instanceof ReaderException reader) {
            return unprintable(fileName, text, reader.getCodePoint(), last);
        }
        return exception instanceof YamlVersionException
                ? error(last, "a %YAML directive of another version", "version 1.2")
                : error(last, "what is no YAML, here or shortly after", "");
    }

    private static Problem error(Position position, String found, String expected) {
        return new Problem(Severity.ERROR, position, "", found, expected, "");
    }

    /** The reader counts from the beginning of its buffer, so that its first such character has to be looked for. */
    private static Problem unprintable(String fileName, String text, int codePoint, Position last) {
        int index = text.indexOf(codePoint);
        String code = Integer.toHexString(codePoint).toUpperCase(Locale.ROOT);
        return error(index < 0 ? last : FileText.position(fileName, text, index),
                "the character U+" + "0000".substring(Math.min(4, code.length())) + code,
                "an escape in double quotes for it");
    }

    private Position position(Optional<Mark> mark, Position otherwise) {
        return mark.isPresent()
                ? new Position(fileName, mark.get().getLine() + 1, mark.get().getColumn() + 1)
                : otherwise;
    }

    private boolean isInsideQuotes() {
        return context.contains("quoted scalar");
    }

    private Problem insideQuotes() {
        if (complaint.contains("escape character")) {
            return error(position, "a backslash before " + behind("escape character "),
                    "\\\\ for a backslash, or single quotes");
        }
        if (complaint.contains("escape sequence")) {
            return error(position, "a \\x, \\u or \\U without its digits", "2, 4 or 8 hexadecimal digits");
        }
        return error(begin, "a quote that is never closed", "");
    }

    private Problem problem() {
        if (complaint.contains("TAB")) {
            return error(position, "a tab", "spaces for the indentation");
        }
        if (complaint.contains("cannot start any token")) {
            return error(position, "a value that begins with " + behind("found character '"), "it in quotes");
        }
        if (complaint.contains("mapping values are not allowed")) {
            return error(position, "a colon in a value, or a key at a wrong indentation", "");
        }
        if (complaint.contains("could not find expected ':'")) {
            return error(begin, "a line without a colon and a space", "key: value");
        }
        if (complaint.contains("sequence entries are not allowed")) {
            return error(position, "a list item (-) behind something else", "it on a line of its own");
        }
        if (complaint.contains("mapping keys are not allowed")) {
            return error(position, "a value that begins with ?", "it in quotes");
        }
        if (context.contains("flow")) {
            return insideBrackets();
        }
        if (context.contains("node")) {
            return context.contains("block") && complaint.contains("node content") ? unopened() : badTag();
        }
        return context.contains("parsing a block") ? outOfPlace() : rest();
    }

    private Problem insideBrackets() {
        String open = context.contains("mapping") ? "{" : "[";
        String close = context.contains("mapping") ? "}" : "]";
        if (complaint.contains("node content")) {
            return complaint.contains("stream end")
                    ? error(position, "the end of the file inside of [ ] or { }", "")
                    : error(position, behind("found '") + " without a value before it", "");
        }
        if (complaint.contains("stream end")) {
            return error(begin, "a " + open + " that is never closed", "");
        }
        return error(position, "something else",
                "a comma, or the " + close + " for the " + open + " of line " + begin.line());
    }

    private Problem unopened() {
        return error(position, complaint.contains("'<") ? "nothing" : behind("found '"), "a value");
    }

    private Problem badTag() {
        return error(begin, "a value that begins with !", "it in quotes");
    }

    private Problem outOfPlace() {
        if (complaint.contains("mapping start") || complaint.contains("sequence start")) {
            return error(position, "a line at an indentation that no line above has", "");
        }
        if (complaint.contains("found '-'")) {
            return error(position, "a list item (-) among keys", "a key");
        }
        if (complaint.contains("found '?'")) {
            return error(position, "a key among list items", "a list item (-)");
        }
        return error(position, "more behind the end of a value", "a new line, or quotes around all of it");
    }

    private Problem rest() {
        if (context.contains("anchor") || context.contains("alias")) {
            return error(begin, "a value that begins with & or *", "it in quotes");
        }
        if (context.contains("scanning a tag")) {
            return badTag();
        }
        if (context.contains("block scalar")) {
            return error(begin, "a block that begins with more than | or >",
                    "-, + or a digit behind it, and the text below");
        }
        if (context.contains("directive") || complaint.contains("directive")) {
            return error(position, "a directive (%) that is none of YAML's", "");
        }
        if (complaint.contains("document start")) {
            return error(position, "something else", "the end of the file, or --- for another document");
        }
        return error(position, "what is no YAML, here or shortly after", "");
    }

    /** The character that a complaint names. */
    private String behind(String words) {
        int start = complaint.indexOf(words);
        int at = start + words.length();
        return start < 0 || at >= complaint.length()
                ? "this"
                : Excerpt.quote(complaint.substring(at, at + Character.charCount(complaint.codePointAt(at))));
    }
}
