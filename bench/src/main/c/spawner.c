/*
 * Starts /bin/true by request and says how long each start took.
 *
 *   spawner MEGABYTES
 *
 * Touches so much memory first. Then reads lines "METHOD COUNT" and answers each with COUNT lines: nanoseconds from the
 * call until it returned, which is when the child's program runs, since all methods suspend the caller until then.
 */
#define _GNU_SOURCE
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

extern char **environ;

static char *const arguments[] = {"/bin/true", NULL};
static posix_spawnattr_t attributes;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

static pid_t by_posix_spawn(const posix_spawnattr_t *attr) {
    pid_t pid;
    int error = posix_spawn(&pid, arguments[0], NULL, attr, arguments, environ);
    if (error != 0) {
        fprintf(stderr, "spawner: posix_spawn: %s\n", strerror(error));
        exit(1);
    }
    return pid;
}

static pid_t by_vfork(void) {
    pid_t pid = vfork();
    if (pid == 0) {
        execve(arguments[0], arguments, environ);
        _exit(127);
    }
    return pid;
}

static pid_t start(const char *method) {
    if (strcmp(method, "vfork") == 0) {
        return by_vfork();
    }
    return by_posix_spawn(strcmp(method, "posix_spawn") == 0 ? NULL : &attributes);
}

/* A process group of its own, default dispositions, an empty mask: the part of the tape that posix_spawn can do. */
static void prepare_attributes(void) {
    sigset_t all, none;
    sigfillset(&all);
    sigdelset(&all, SIGKILL);
    sigdelset(&all, SIGSTOP);
    sigemptyset(&none);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setpgroup(&attributes, 0);
    posix_spawnattr_setsigdefault(&attributes, &all);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setflags(&attributes,
            POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

int main(int argc, char **argv) {
    size_t bytes = (argc > 1 ? strtoul(argv[1], NULL, 10) : 0) << 20;
    if (bytes > 0) {
        memset(malloc(bytes), 1, bytes);
    }
    prepare_attributes();
    char method[64];
    int count;
    while (scanf("%63s %d", method, &count) == 2) {
        long *nanos = calloc(count, sizeof *nanos);
        for (int i = 0; i < count; i++) {
            long before = now();
            pid_t pid = start(method);
            nanos[i] = now() - before;
            int status;
            if (pid < 0 || waitpid(pid, &status, 0) != pid || status != 0) {
                fprintf(stderr, "spawner: %s failed\n", method);
                return 1;
            }
        }
        for (int i = 0; i < count; i++) {
            printf("%ld\n", nanos[i]);
        }
        fflush(stdout);
        free(nanos);
    }
    return 0;
}
