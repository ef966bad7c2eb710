/*
 * Measures commands from their start to their end, one round after the other, all commands in each round.
 *
 *   stopwatch ROUNDS NAME COMMAND… [++ NAME COMMAND…]…
 *
 * Prints a line "NAME WALL CPU STAMP" for each run: nanoseconds from the start to the end, of processor time (with its
 * children's), and from the start to the time that stamp.c wrote to standard output, or -1 where nothing was written.
 */
#define _GNU_SOURCE
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

enum { MAX_CONTENDERS = 16 };

static struct {
    const char *name;
    char **command;
} contenders[MAX_CONTENDERS];

static int contender_count;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static long nanos(struct timeval time) {
    return time.tv_sec * 1000000000L + time.tv_usec * 1000L;
}

static void run(int index) {
    int output[2];
    if (pipe2(output, O_CLOEXEC) != 0) {
        perror("stopwatch: pipe2");
        exit(1);
    }
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, output[1], STDOUT_FILENO);
    pid_t pid;
    int status;
    struct rusage usage;
    char **command = contenders[index].command;
    long before = now();
    int error = posix_spawnp(&pid, command[0], &actions, NULL, command, environ);
    if (error != 0) {
        fprintf(stderr, "stopwatch: %s: %s\n", command[0], strerror(error));
        exit(1);
    }
    wait4(pid, &status, 0, &usage);
    long wall = now() - before;
    close(output[1]);
    posix_spawn_file_actions_destroy(&actions);
    if (status != 0) {
        fprintf(stderr, "stopwatch: %s ended with status %#x\n", contenders[index].name, status);
        exit(1);
    }
    char text[64];
    ssize_t length = read(output[0], text, sizeof text - 1);
    close(output[0]);
    text[length > 0 ? length : 0] = 0;
    long stamp = strtol(text, NULL, 10);
    printf("%s %ld %ld %ld\n", contenders[index].name, wall, nanos(usage.ru_utime) + nanos(usage.ru_stime),
            stamp > before ? stamp - before : -1);
}

static void parse(char **words) {
    while (*words != NULL) {
        contenders[contender_count].name = *words++;
        contenders[contender_count++].command = words;
        while (*words != NULL && strcmp(*words, "++") != 0) {
            words++;
        }
        if (*words != NULL) {
            *words++ = NULL;
        }
    }
}

int main(int argc, char **argv) {
    if (argc < 4) {
        return 2;
    }
    int rounds = atoi(argv[1]);
    parse(argv + 2);
    for (int round = 0; round < rounds; round++) {
        for (int i = 0; i < contender_count; i++) {
            run((i + round) % contender_count);
        }
    }
    return 0;
}
