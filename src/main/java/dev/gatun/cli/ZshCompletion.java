package dev.gatun.cli;

final class ZshCompletion {

    private ZshCompletion() {}

    static String script() {
        return "";
    }
}
