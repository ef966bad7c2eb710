package dev.gatun.service.launch;

import dev.gatun.linux.CString;
import java.util.ArrayList;
import java.util.List;

/** Paths as bytes, taken apart and put together without a look at the file system. */
final class PathText {

    private static final CString SLASH = CString.of("/");
    private static final CString HERE = CString.of(".");
    private static final CString PARENT = CString.of("..");

    private PathText() {}

    static boolean isAbsolute(CString path) {
        return path.startsWith(SLASH);
    }

    /** A path seen from a folder; one that is absolute stays as it is. */
    static CString from(CString folder, CString path) {
        return isAbsolute(path) ? path : folder.plus(SLASH).plus(path);
    }

    /** The names of a path, without the empty ones and those for "here". */
    static List<CString> names(CString path) {
        List<CString> names = new ArrayList<>();
        CString rest = path;
        while (!rest.isEmpty()) {
            int slash = rest.indexOf('/');
            CString name = slash < 0 ? rest : rest.substring(0, slash);
            rest = slash < 0 ? rest.substring(rest.length(), rest.length()) : rest.substring(slash + 1, rest.length());
            if (!name.isEmpty() && !name.equals(HERE)) {
                names.add(name);
            }
        }
        return names;
    }

    /** The absolute path of some names. */
    static CString absolute(List<CString> names) {
        if (names.isEmpty()) {
            return SLASH;
        }
        CString path = CString.of("");
        for (CString name : names) {
            path = path.plus(SLASH).plus(name);
        }
        return path;
    }

    static boolean goesUp(CString path) {
        return names(path).contains(PARENT);
    }

    /**
     * An absolute path without detours. A {@code ..} takes the name before it away even where that is a link, which the
     * kernel would not do; for paths of a configuration that is how it has always been.
     */
    static CString clean(CString absolute) {
        List<CString> kept = new ArrayList<>();
        for (CString name : names(absolute)) {
            if (!name.equals(PARENT)) {
                kept.add(name);
            } else if (!kept.isEmpty()) {
                kept.remove(kept.size() - 1);
            }
        }
        return absolute(kept);
    }

    /** The folder that an absolute path's last name is in. */
    static CString folder(CString absolute) {
        List<CString> names = names(absolute);
        return absolute(names.subList(0, Math.max(0, names.size() - 1)));
    }
}
