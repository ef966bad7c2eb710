package dev.gatun.config;

/** Where in a tree: {@code env.HOME}, {@code args[0]}. */
final class KeyPath {

    private KeyPath() {}

    static String join(String path, String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    static String item(String path, int index) {
        return path + "[" + index + "]";
    }
}
