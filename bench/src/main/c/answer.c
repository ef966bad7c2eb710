/* Answers every SIGUSR1 with a SIGUSR2 to the process $BENCH_SENDER, and says by a first one that it is there. */
#include <signal.h>
#include <stdlib.h>
#include <unistd.h>

static pid_t sender;

static void answer(int signal) {
    (void) signal;
    kill(sender, SIGUSR2);
}

int main(void) {
    const char *text = getenv("BENCH_SENDER");
    if (text == NULL) {
        return 2;
    }
    sender = atoi(text);
    struct sigaction action = {.sa_handler = answer};
    sigaction(SIGUSR1, &action, NULL);
    kill(sender, SIGUSR2);
    for (;;) {
        pause();
    }
}
