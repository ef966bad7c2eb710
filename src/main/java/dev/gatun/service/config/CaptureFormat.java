package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** How captured output is written. */
public enum CaptureFormat implements Choice {
    /** Byte by byte as it came. */
    RAW("raw"),
    /** Line by line, behind time, process and stream. */
    TEXT("text"),
    /** One JSON object a line. */
    JSON("json");

    private final String text;

    CaptureFormat(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
