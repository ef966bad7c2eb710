package dev.gatun.cli;

final class Help {
    static String forRun() {
        return "TODO";
    }
}
