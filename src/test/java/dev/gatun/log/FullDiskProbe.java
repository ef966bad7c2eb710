package dev.gatun.log;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Fills a small disk with output, makes room, goes on, and prints what is in the file and what was told. */
final class FullDiskProbe {

    /** More than the buffer holds. */
    private static final int LINES_AFTERWARDS = 1000;

    private FullDiskProbe() {}

    static String line(int number) {
        return "line " + number + " " + ".".repeat(40) + "\n";
    }

    public static void main(String[] arguments) throws Exception {
        Path disk = Path.of(arguments[0]);
        Path filler = Files.write(disk.resolve("filler"), new byte[64 << 10]);
        LinkedBlockingQueue<String> told = new LinkedBlockingQueue<>();
        OutageListener listener = new OutageListener() {
            @Override
            public void writingFailed(String problem) {
                told.add(problem);
            }

            @Override
            public void writingWorksAgain() {
                told.add("works");
            }
        };
        RotatingFiles files = new RotatingFiles(disk.resolve("out.log"), 1 << 20, 2);
        OutputWriter writer = new OutputWriter(files, 16 << 10, LossNotice.PLAIN, listener);
        int lines = 0;
        while (told.isEmpty()) {
            put(writer, line(lines++));
            Thread.yield();
        }
        System.out.println("TOLD " + told.poll());
        for (int i = 0; i < LINES_AFTERWARDS; i++) {
            put(writer, line(lines++));
        }
        Files.delete(filler);
        System.out.println("TOLD " + told.poll(30, TimeUnit.SECONDS));
        long lost;
        do {
            lost = writer.lostLines();
            put(writer, line(lines++));
        } while (writer.lostLines() > lost);
        System.out.println("CLOSED " + writer.close(Duration.ofSeconds(30)));
        System.out.println("LINES " + lines);
        System.out.println("LOST " + writer.lostLines());
        System.out.print(Files.readString(disk.resolve("out.log")));
    }

    private static void put(OutputWriter writer, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        writer.put(bytes, 0, bytes.length);
    }
}
