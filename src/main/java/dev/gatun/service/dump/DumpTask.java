package dev.gatun.service.dump;

import dev.gatun.linux.CString;
import java.util.Optional;

/** One dump under way, in whatever manner it is taken. For the loop's thread. */
interface DumpTask {

    /** Told once at the most, from any thread. */
    interface Conclusion {

        /** @param file absent where only whoever took the dump knows it */
        void taken(Optional<CString> file);

        void failed(String reason);
    }

    void start(Conclusion conclusion);

    /**
     * Gives it up, without waiting for what that takes.
     *
     * @return how far it had come, in words
     */
    String abandon();
}
