package dev.gatun.engine.container;

/** One of the two outputs that an engine keeps. */
enum LogStream {
    STDOUT("stdout=true&stderr=false"),
    STDERR("stdout=false&stderr=true");

    private final String query;

    LogStream(String query) {
        this.query = query;
    }

    String query() {
        return query;
    }
}
