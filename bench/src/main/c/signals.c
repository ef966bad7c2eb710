/*
 * Measures how long a signal takes from here through a supervisor to its child, answer.c, and back.
 *
 *   signals COUNT BLOCK NAME COMMAND… [++ NAME COMMAND…]…
 *
 * Starts all commands, then sends COUNT signals to each, BLOCK in turn, each one after the answer to the one before.
 * Prints a line "NAME NANOSECONDS" for each, in the order of measurement.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { MAX_CONTENDERS = 16, START_SECONDS = 20, ANSWER_SECONDS = 5 };

static struct contender {
    const char *name;
    char **command;
    pid_t pid;    /* of the supervisor, who gets the signals */
    pid_t child;  /* of answer.c */
    long *nanos;
} contenders[MAX_CONTENDERS];

static int contender_count;
static sigset_t answers;

static long now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return time.tv_sec * 1000000000L + time.tv_nsec;
}

/* Waits until it has ended of itself; kills what does not. */
static void end(struct contender *c) {
    kill(c->pid, SIGTERM);
    for (int i = 0; i < 500; i++) {
        if (waitpid(c->pid, NULL, WNOHANG) != 0) {
            return;
        }
        usleep(10000);
    }
    if (c->child > 0 && c->child != c->pid) {
        kill(c->child, SIGKILL);
    }
    kill(c->pid, SIGKILL);
    waitpid(c->pid, NULL, 0);
}

static void fail(const struct contender *culprit, const char *problem) {
    fprintf(stderr, "signals: %s: %s\n", culprit->name, problem);
    for (int i = 0; i < contender_count; i++) {
        if (contenders[i].pid > 0) {
            end(&contenders[i]);
        }
    }
    exit(1);
}

static pid_t await_answer(const struct contender *c, int seconds) {
    struct timespec timeout = {.tv_sec = seconds};
    siginfo_t info;
    int result;
    do {
        result = sigtimedwait(&answers, &info, &timeout);
    } while (result < 0 && errno == EINTR);
    if (result < 0) {
        fail(c, "no answer");
    }
    return info.si_pid;
}

static void start(struct contender *c) {
    c->pid = fork();
    if (c->pid == 0) {
        sigprocmask(SIG_UNBLOCK, &answers, NULL);
        execvp(c->command[0], c->command);
        fprintf(stderr, "signals: %s: %s\n", c->command[0], strerror(errno));
        _exit(127);
    }
    c->child = await_answer(c, START_SECONDS);
}

static void parse(char **words) {
    while (*words != NULL) {
        struct contender *c = &contenders[contender_count++];
        c->name = *words++;
        c->command = words;
        while (*words != NULL && strcmp(*words, "++") != 0) {
            words++;
        }
        if (*words != NULL) {
            *words++ = NULL;
        }
    }
}

int main(int argc, char **argv) {
    if (argc < 5) {
        return 2;
    }
    int count = atoi(argv[1]), block = atoi(argv[2]);
    sigemptyset(&answers);
    sigaddset(&answers, SIGUSR2);
    sigprocmask(SIG_BLOCK, &answers, NULL);
    char sender[16];
    snprintf(sender, sizeof sender, "%d", getpid());
    setenv("BENCH_SENDER", sender, 1);
    parse(argv + 3);
    for (int i = 0; i < contender_count; i++) {
        contenders[i].nanos = calloc(count, sizeof(long));
        start(&contenders[i]);
    }
    for (int done = 0; done + block <= count; done += block) {
        for (int i = 0; i < contender_count; i++) {
            struct contender *c = &contenders[i];
            for (int k = 0; k < block; k++) {
                long before = now();
                kill(c->pid, SIGUSR1);
                await_answer(c, ANSWER_SECONDS);
                c->nanos[done + k] = now() - before;
            }
        }
    }
    for (int i = 0; i < contender_count; i++) {
        end(&contenders[i]);
        for (int k = 0; k < count / block * block; k++) {
            printf("%s %ld\n", contenders[i].name, contenders[i].nanos[k]);
        }
    }
    return 0;
}
