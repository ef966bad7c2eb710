package dev.gatun.service.launch;

import dev.gatun.config.Setting;
import dev.gatun.linux.CString;
import dev.gatun.log.JsonText;
import java.util.ArrayList;
import java.util.List;

/**
 * Masks the values of a configuration. Of its own keys none is a secret's, but variables and log fields have names that
 * the operator gave them, and lists are command lines.
 */
final class SecretSettings {

    private static final List<String> MAPS = List.of("env.", "logging.fields.");

    private SecretSettings() {}

    static List<Setting> mask(List<Setting> settings) {
        List<Setting> shown = new ArrayList<>(settings.size());
        while (shown.size() < settings.size()) {
            Setting setting = settings.get(shown.size());
            if (list(setting).isEmpty()) {
                shown.add(with(setting, Secrets.value(ownName(setting.path()), text(setting))));
            } else {
                addList(settings, shown);
            }
        }
        return shown;
    }

    private static void addList(List<Setting> settings, List<Setting> shown) {
        String list = list(settings.get(shown.size()));
        List<CString> words = new ArrayList<>();
        for (int at = shown.size(); at < settings.size() && list(settings.get(at)).equals(list); at++) {
            words.add(CString.of(text(settings.get(at))));
        }
        for (String word : Secrets.words(words)) {
            shown.add(with(settings.get(shown.size()), word));
        }
    }

    /** {@code web.args} for {@code web.args[0]}; empty for what is no item of a list. */
    private static String list(Setting setting) {
        String path = setting.path();
        return path.endsWith("]") ? path.substring(0, path.lastIndexOf('[')) : "";
    }

    /** {@code DB_PASSWORD} for {@code web.env.DB_PASSWORD}; empty where the key is one of ours. */
    private static String ownName(String path) {
        for (String map : MAPS) {
            int at = path.indexOf(map);
            if (at == 0 || at > 0 && path.charAt(at - 1) == '.') {
                return path.substring(at + map.length());
            }
        }
        return "";
    }

    private static Setting with(Setting setting, String text) {
        if (text.equals(text(setting))) {
            return setting;
        }
        StringBuilder value = new StringBuilder();
        if (isQuoted(setting.value()) && !text.equals(Secrets.MASK)) {
            JsonText.quote(value, text);
        } else {
            value.append(text);
        }
        return new Setting(setting.path(), value.toString(), setting.source());
    }

    private static boolean isQuoted(String value) {
        return value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
    }

    /** Without the quotes that a text needs in YAML, and the escapes between them. */
    private static String text(Setting setting) {
        String value = setting.value();
        if (!isQuoted(value)) {
            return value;
        }
        StringBuilder text = new StringBuilder(value.length());
        for (int at = 1; at < value.length() - 1; at++) {
            char c = value.charAt(at);
            if (c != '\\') {
                text.append(c);
            } else {
                char escaped = value.charAt(++at);
                if (escaped == 'u') {
                    text.append((char) Integer.parseInt(value.substring(at + 1, at + 5), 16));
                    at += 4;
                } else {
                    text.append(escaped == 'n' ? '\n' : escaped);
                }
            }
        }
        return text.toString();
    }
}
