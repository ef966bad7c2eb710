/*
 * Takes more and more memory until it is told to end, and tells how long that took since the limit was crossed.
 *
 *   grow LIMIT STEP PAUSE DELAY alone|with-parent
 *
 * LIMIT and STEP in bytes, PAUSE between two steps and DELAY before the first in microseconds; "with-parent" counts the
 * parent's anonymous memory as well. Prints "CROSSED RECEIVED", nanoseconds of the monotonic clock, at SIGTERM. Behind the
 * limit it grows by a 64th of it and no more, lest the kernel be the first to end it.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <time.h>
#include <unistd.h>

static volatile long crossed;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static void on_term(int signal) {
    (void) signal;
    long received = now();
    dprintf(STDOUT_FILENO, "%ld %ld\n", crossed, received);
    _exit(0);
}

/* A field in kB of a file in /proc, as bytes. */
static long field(const char *path, const char *name) {
    char line[256];
    long kilobytes = 0;
    FILE *file = fopen(path, "r");
    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (strncmp(line, name, strlen(name)) == 0) {
            kilobytes = strtol(line + strlen(name), NULL, 10);
            break;
        }
    }
    if (file != NULL) {
        fclose(file);
    }
    return kilobytes * 1024;
}

static void rest(long micros) {
    struct timespec time = {micros / 1000000, micros % 1000000 * 1000};
    nanosleep(&time, NULL);
}

int main(int argc, char **argv) {
    if (argc != 6) {
        return 2;
    }
    long limit = atol(argv[1]), step = atol(argv[2]), pause_micros = atol(argv[3]);
    int with_parent = strcmp(argv[5], "with-parent") == 0;
    char parent[64];
    snprintf(parent, sizeof parent, "/proc/%d/status", getppid());
    signal(SIGTERM, on_term);
    char *memory = mmap(NULL, 2 * limit, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (memory == MAP_FAILED) {
        perror("grow: mmap");
        return 1;
    }
    madvise(memory, 2 * limit, MADV_NOHUGEPAGE);
    rest(atol(argv[4]));
    long base = field("/proc/self/smaps_rollup", "Pss:");
    long end = 2 * limit;
    for (long taken = 0; taken + step < end; taken += step) {
        memset(memory + taken, 1, step);
        long others = with_parent ? field(parent, "RssAnon:") : 0;
        if (crossed == 0 && base + taken + step + others >= limit) {
            crossed = now();
            end = taken + limit / 64;
        }
        rest(pause_micros);
    }
    for (;;) {
        pause();
    }
}
