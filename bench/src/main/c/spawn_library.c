/* posix_spawn in C within the process that calls it, for the JMH benchmark: arguments laid out once, nothing else. */
#include <spawn.h>
#include <stddef.h>
#include <sys/types.h>

extern char **environ;

int spawn_true(void) {
    static char *const arguments[] = {"/bin/true", NULL};
    pid_t pid;
    int error = posix_spawn(&pid, arguments[0], NULL, NULL, arguments, environ);
    return error == 0 ? pid : -error;
}
