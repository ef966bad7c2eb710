/*
 * Has COUNT children that do nothing, like itself, until it is told to end; they end with it. Says "ready" when all run.
 *
 *   tree COUNT
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/prctl.h>
#include <unistd.h>

int main(int argc, char **argv) {
    if (argc != 2) {
        return 2;
    }
    for (int i = atoi(argv[1]); i > 0; i--) {
        pid_t pid = fork();
        if (pid < 0) {
            perror("tree: fork");
            return 1;
        }
        if (pid == 0) {
            prctl(PR_SET_PDEATHSIG, SIGKILL);
            for (;;) {
                pause();
            }
        }
    }
    puts("ready");
    fflush(stdout);
    for (;;) {
        pause();
    }
}
