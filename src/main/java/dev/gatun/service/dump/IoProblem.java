package dev.gatun.service.dump;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What went wrong with a file or a socket, in words: the messages of some exceptions are no more than a path. */
final class IoProblem {

    private IoProblem() {}

    static String describe(IOException problem) {
        if (problem instanceof NoSuchFileException missing) {
            return missing.getFile() + ": no such file or folder";
        }
        if (problem instanceof AccessDeniedException denied) {
            return denied.getFile() + ": permission denied";
        }
        if (problem instanceof FileAlreadyExistsException there) {
            return there.getFile() + ": is there already";
        }
        if (problem instanceof FileSystemException file) {
            return file.getFile() + ": " + file.getReason();
        }
        return String.valueOf(problem.getMessage());
    }
}
