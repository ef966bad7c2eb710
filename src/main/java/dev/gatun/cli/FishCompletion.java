package dev.gatun.cli;

final class FishCompletion {

    private FishCompletion() {}

    static String script() {
        return "";
    }
}
