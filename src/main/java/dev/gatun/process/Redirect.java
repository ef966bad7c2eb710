package dev.gatun.process;

import dev.gatun.linux.CString;
import dev.gatun.linux.Pipe;
import dev.gatun.linux.SpawnTape;
import dev.gatun.linux.SpawnTape.Builder.FileMode;

/** Where a standard stream of a child leads. */
public sealed interface Redirect {

    /** Adds the steps for a descriptor of the child, 0 to 2. */
    void addTo(SpawnTape.Builder tape, int descriptor);

    /** To wherever ours leads. */
    record Inherit() implements Redirect {
        @Override
        public void addTo(SpawnTape.Builder tape, int descriptor) {
            // An inherited stream needs no step.
        }
    }

    /** To {@code /dev/null}. */
    record Discard() implements Redirect {
        @Override
        public void addTo(SpawnTape.Builder tape, int descriptor) {
            tape.redirectToFile(descriptor, CString.of("/dev/null"), descriptor == 0 ? FileMode.READ : FileMode.APPEND);
        }
    }

    /** To one end of a pipe, whose other end is ours. */
    record ToPipe(Pipe.End end) implements Redirect {
        @Override
        public void addTo(SpawnTape.Builder tape, int descriptor) {
            tape.redirect(descriptor, end);
        }
    }

    /** To a file, opened in the child with our rights. */
    record ToFile(CString path, FileMode mode) implements Redirect {
        @Override
        public void addTo(SpawnTape.Builder tape, int descriptor) {
            tape.redirectToFile(descriptor, path, mode);
        }
    }

    /** To where standard output leads; for standard error. */
    record MergeIntoOutput() implements Redirect {
        @Override
        public void addTo(SpawnTape.Builder tape, int descriptor) {
            tape.mergeErrorIntoOutput();
        }
    }
}
