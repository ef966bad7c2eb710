package dev.gatun.cli;

final class BashCompletion {

    private BashCompletion() {}

    static String script() {
        return "";
    }
}
