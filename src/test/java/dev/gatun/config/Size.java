package dev.gatun.config;

enum Size implements Choice {
    SMALL("small"),
    LARGE("large"),
    EXTRA_LARGE("extra-large");

    private final String text;

    Size(String text) {
        this.text = text;
    }

    @Override
    public String text() {
        return text;
    }
}
