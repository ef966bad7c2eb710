package dev.gatun.process;

import static java.util.Objects.requireNonNull;

import dev.gatun.log.JsonText;
import dev.gatun.log.LossNotice;
import dev.gatun.log.Timestamp;
import java.time.InstantSource;

/** One object a line. */
final class JsonCaptureLayout implements CaptureLayout {

    private final String process;
    private final InstantSource clock;

    JsonCaptureLayout(String process, InstantSource clock) {
        this.process = requireNonNull(process);
        this.clock = requireNonNull(clock);
    }

    @Override
    public String beginning(String stream) {
        StringBuilder json = begin();
        appendText(json, ",\"stream\":", stream);
        return json.append(",\"message\":").toString();
    }

    @Override
    public void append(StringBuilder text, String beginning, OutputLine line) {
        JsonText.quote(text.append(beginning), line.text());
        text.append(line.truncated() ? ",\"truncated\":true}\n" : "}\n");
    }

    @Override
    public LossNotice lossNotice() {
        return (lines, bytes) -> {
            StringBuilder json = begin();
            appendText(json, ",\"message\":", LossNotice.sentence(lines, bytes));
            json.append(",\"lost-lines\":").append(lines).append(",\"lost-bytes\":").append(bytes);
            return json.append("}\n").toString();
        };
    }

    private StringBuilder begin() {
        StringBuilder json = new StringBuilder().append("{\"timestamp\":\"");
        Timestamp.appendUtc(json, clock.instant());
        appendText(json.append('"'), ",\"process\":", process);
        return json;
    }

    private static void appendText(StringBuilder json, String member, String text) {
        JsonText.quote(json.append(member), text);
    }
}
