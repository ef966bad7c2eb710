package dev.gatun.service.config;

import dev.gatun.config.Choice;

/** How a Python service is started. */
public enum LaunchMode implements Choice {
    /** A pex file, by its own first line or by `pythonPath`. */
    PEX("pex"),
    /** `python -m executable`. */
    MODULE("module"),
    /** `python executable`. */
    SCRIPT("script"),
    /** `python -m uvicorn executable:entryPoint`. */
    UVICORN("uvicorn"),
    /** `python -m gunicorn executable:entryPoint`. */
    GUNICORN("gunicorn"),
    /** The executable itself, whatever it is. */
    COMMAND("command");

    private final String text;

    LaunchMode(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
