package dev.gatun.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One row a case: what was played, what the last event did, where that led, and what was said. */
class LifecycleTableTest {
    private static final Map<String, Policy> POLICIES = policies();

    private static Map<String, Policy> policies() {
        Map<String, Policy> all = new HashMap<>();
        Policy once = Policy.DEFAULT;
        all.put("once", once);
        all.put("drain", once.withStop(StopLadder.DEFAULT.withDrain(Duration.ofSeconds(4))));
        all.put("kill-at-once", once.withStop(StopLadder.DEFAULT.withTimeout(Duration.ZERO)));
        all.put("group", once.withStop(StopLadder.DEFAULT.withTarget(Target.GROUP).withSignal(3)));
        all.put("forward", once.withStop(StopLadder.none()));
        all.put("forward-wait", once.withStop(StopLadder.none()).withRest(Rest.WAIT));
        all.put("wait", once.withRest(Rest.WAIT));
        all.put("end", once.withRest(Rest.END));
        all.put("probed", once.withProbes(true).withStartTimeout(Duration.ofSeconds(30)));
        Policy always = once.withRestart(RestartPolicy.always());
        Policy onFailure = once.withRestart(RestartPolicy.onFailure());
        all.put("always", always);
        all.put("always-drain", always.withStop(StopLadder.DEFAULT.withDrain(Duration.ofSeconds(4))));
        all.put("always-end", always.withRest(Rest.END));
        all.put("always-probed", always.withProbes(true).withStartTimeout(Duration.ofSeconds(30)));
        all.put("on-failure", onFailure);
        all.put("on-failure-143", onFailure.withExitMapping(ExitMapping.IDENTITY.with("143=0")));
        all.put("max-1", onFailure.withRestart(RestartPolicy.onFailure().withMaxRestarts(1)));
        all.put("breaker-2", always.withBreaker(new BreakerPolicy(2, Duration.ofSeconds(60))));
        return all;
    }

    private static void check(String policy, String script, String did, String where) {
        assertThat(POLICIES).containsKey(policy);
        Script played = Script.play(POLICIES.get(policy), script);
        assertThat(played.did()).as(script).isEqualTo(did);
        assertThat(played.where()).as(script).isEqualTo(where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            once   | start                                  | spawn 1                           | STARTING 1
            once   | start, spawned                         | nothing                           | RUNNING
            once   | start, spawned, ready                  | nothing                           | READY
            once   | start, spawned, exit 0                 | nothing                           | EXITED exit code 0
            once   | start, spawned, exit 3                 | nothing                           | EXITED exit code 3
            once   | start, spawned, die 11                 | nothing                           | EXITED ended by SIGSEGV (11)
            once   | start, spawned, oom                    | nothing                           | EXITED killed by the kernel, out of memory (oom_kill 1)
            once   | start, spawned, lost                   | nothing                           | FAILED lost by the launcher: spawner gone
            once   | start, lost                            | nothing                           | FAILED lost by the launcher: spawner gone
            once   | start, spawn-failed NOT_FOUND          | nothing                           | FAILED not started: execve(x): ENOT_FOUND
            once   | start, spawn-failed RESOURCE           | nothing                           | FAILED not started: execve(x): ERESOURCE
            once   | start, spawned, limit                  | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            once   | start, spawned, limit, exit 0          | cancel STOP_GROUP, cancel STOP_KILL | FAILED stopped by the memory watchdog at 200 of 100 bytes (exit code 0)
            once   | start, spawned, limit in=4s            | signal LEADER 15, arm STOP_GROUP 2 s, arm STOP_KILL 4 s | STOPPING LEADER
            once   | start, spawned, limit in=0s            | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once   | start, spawned, exit 0, start          | spawn 1                           | STARTING 1
            once   | start, spawned, exit 0, relaunch       | spawn 1                           | STARTING 1
            once   | start, spawned, probe-failed           | nothing                           | RUNNING
            probed | start                                  | spawn 1, arm START_TIMEOUT 30 s   | STARTING 1
            probed | start, spawned                         | probe                             | RUNNING
            probed | start, spawned, ready                  | cancel START_TIMEOUT              | READY
            probed | start, spawned, exit 1                 | stop probing, cancel START_TIMEOUT | EXITED exit code 1
            probed | start, spawned, ready, exit 1          | stop probing                      | EXITED exit code 1
            probed | start, spawned, more-time 60s          | arm START_TIMEOUT 60 s            | RUNNING
            probed | start, spawned, more-time 5s           | arm START_TIMEOUT 30 s            | RUNNING
            probed | start, spawned, ready, more-time 60s   | nothing                           | READY
            probed | start, spawn-failed OTHER              | cancel START_TIMEOUT              | FAILED not started: execve(x): EOTHER
            probed | start, spawned, timer START_TIMEOUT    | stop probing, signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            probed | start, spawned, timer START_TIMEOUT, die 15 | cancel STOP_GROUP, cancel STOP_KILL | FAILED not ready within 30 s
            probed | start, timer START_TIMEOUT             | nothing                           | STOPPING AWAIT_SPAWN
            probed | start, timer START_TIMEOUT, spawned    | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            probed | start, spawned, ready, probe-failed    | stop probing, signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            probed | start, spawned, ready, probe-failed, die 15 | cancel STOP_GROUP, cancel STOP_KILL | FAILED probe failed: no answer
            """)
    void startsAndEnds(String policy, String script, String did, String where) {
        check(policy, script, did, where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            once  | start, spawned, stop                    | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            once  | start, spawned, stop 2                  | signal LEADER 2, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            once  | start, spawned, stop in=2s              | signal LEADER 15, arm STOP_GROUP 1 s, arm STOP_KILL 2 s | STOPPING LEADER
            once  | start, spawned, stop in=0s              | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, spawned, stop, exit 0            | cancel STOP_GROUP, cancel STOP_KILL | EXITED stopped: exit code 0
            once  | start, spawned, stop, die 15            | cancel STOP_GROUP, cancel STOP_KILL | EXITED stopped: SIGTERM (15)
            once  | start, spawned, stop, timer STOP_GROUP  | signal GROUP 15                    | STOPPING GROUP
            once  | start, spawned, stop, timer STOP_GROUP, timer STOP_KILL | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, spawned, stop, timer STOP_KILL   | cancel STOP_GROUP, signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, spawned, kill, timer KILL_CONFIRM | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, spawned, kill, die 9             | cancel KILL_CONFIRM                | EXITED stopped by force: SIGKILL (9)
            once  | start, spawned, kill, exit 0            | cancel KILL_CONFIRM                | EXITED stopped: exit code 0
            once  | start, spawned, stop, kill              | cancel STOP_GROUP, cancel STOP_KILL, signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, spawned, stop, stop              | nothing                            | STOPPING LEADER
            once  | start, spawned, stop, stop 2            | signal LEADER 2                    | STOPPING LEADER
            once  | start, spawned, stop, +9s, stop in=5s   | nothing                            | STOPPING LEADER
            once  | start, spawned, stop, +1s, stop in=5s   | arm STOP_KILL 5 s                  | STOPPING LEADER
            once  | start, spawned, stop, stop in=0s        | cancel STOP_GROUP, cancel STOP_KILL, signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, spawned, stop, hurry             | nothing                            | STOPPING LEADER
            once  | start, stop                             | nothing                            | STOPPING AWAIT_SPAWN
            once  | start, stop, spawned                    | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            once  | start, kill, spawned                    | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, stop, kill, spawned              | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            once  | start, stop, spawn-failed NOT_FOUND     | nothing                            | FAILED not started: execve(x): ENOT_FOUND
            once  | start, stop, relaunch, spawn-failed OTHER | spawn 2                          | STARTING 2
            group | start, spawned, stop                    | signal GROUP 3, arm STOP_KILL 10 s | STOPPING LEADER
            group | start, spawned, stop, timer STOP_KILL   | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            kill-at-once | start, spawned, stop             | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            drain | start, spawned, stop                    | arm DRAIN 4 s                      | STOPPING DRAIN
            drain | start, spawned, stop, timer DRAIN       | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            drain | start, spawned, stop, hurry             | cancel DRAIN, signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            drain | start, spawned, stop 2, stop 15         | cancel DRAIN, signal LEADER 2, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            drain | start, spawned, stop, stop              | nothing                            | STOPPING DRAIN
            drain | start, spawned, stop 2, stop in=2s, timer DRAIN | signal LEADER 2, arm STOP_GROUP 1 s, arm STOP_KILL 2 s | STOPPING LEADER
            drain | start, spawned, stop, exit 0            | cancel DRAIN                       | EXITED stopped: exit code 0
            drain | start, spawned, limit                   | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            drain | start, spawned, stop, kill              | cancel DRAIN, signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            drain | start, spawned, stop, lost              | cancel DRAIN                       | FAILED lost by the launcher: spawner gone
            forward | start, spawned, stop                  | signal LEADER 15                   | STOPPING FORWARDED
            forward | start, spawned, stop 2                | signal LEADER 2                    | STOPPING FORWARDED
            forward | start, spawned, stop, stop 15         | signal LEADER 15                   | STOPPING FORWARDED
            forward | start, spawned, stop, die 15          | nothing                            | EXITED stopped: SIGTERM (15)
            """)
    void stops(String policy, String script, String did, String where) {
        check(policy, script, did, where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            wait | start, spawned, exit 3                   | await tree                         | STOPPING REST_WAIT
            wait | start, spawned, exit 3, tree-gone        | nothing                            | EXITED exit code 3
            wait | start, spawned, exit 3, stop             | signal TREE 15, arm STOP_KILL 10 s | STOPPING REST
            wait | start, spawned, exit 3, stop 2           | signal TREE 2, arm STOP_KILL 10 s  | STOPPING REST
            wait | start, spawned, exit 3, stop, stop 2     | signal TREE 2                      | STOPPING REST
            wait | start, spawned, exit 3, stop, tree-gone  | cancel STOP_KILL                   | EXITED exit code 3
            wait | start, spawned, exit 3, stop, timer STOP_KILL | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            wait | start, spawned, exit 3, stop, timer STOP_KILL, tree-gone | cancel KILL_CONFIRM | EXITED exit code 3
            wait | start, spawned, exit 3, kill             | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            wait | start, spawned, exit 3, exit 4           | nothing                            | STOPPING REST_WAIT
            wait | start, spawned, tree-gone                | nothing                            | RUNNING
            wait | start, spawned, stop, tree-gone          | nothing                            | STOPPING LEADER
            wait | start, spawned, stop, die 15             | await tree, cancel STOP_GROUP, signal TREE 15 | STOPPING REST
            wait | start, spawned, stop, die 15, tree-gone  | cancel STOP_KILL                   | EXITED stopped: SIGTERM (15)
            wait | start, spawned, kill, die 9              | await tree                         | STOPPING KILL
            wait | start, spawned, kill, die 9, timer KILL_CONFIRM | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            wait | start, spawned, kill, die 9, tree-gone   | cancel KILL_CONFIRM                | EXITED stopped by force: SIGKILL (9)
            end  | start, spawned, exit 0                   | await tree, signal TREE 15, arm STOP_KILL 10 s | STOPPING REST
            end  | start, spawned, exit 0, tree-gone        | cancel STOP_KILL                   | EXITED exit code 0
            end  | start, spawned, exit 0, timer STOP_KILL  | signal TREE 9, arm KILL_CONFIRM 5 s | STOPPING KILL
            forward-wait | start, spawned, stop, die 15     | await tree                         | STOPPING REST_WAIT
            forward-wait | start, spawned, stop, die 15, stop 1 | signal TREE 1                  | STOPPING REST_WAIT
            always-end | start, spawned, exit 1, tree-gone  | cancel STOP_KILL, arm RESTART 500 ms | BACKING_OFF CLOSED
            always-end | start, spawned, exit 1, stop, tree-gone | cancel STOP_KILL              | EXITED exit code 1
            """)
    void endsTheRest(String policy, String script, String did, String where) {
        check(policy, script, did, where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            on-failure | start, spawned, exit 0             | nothing              | EXITED exit code 0
            on-failure | start, spawned, exit 1             | arm RESTART 500 ms   | BACKING_OFF CLOSED
            on-failure | start, spawned, die 15             | arm RESTART 500 ms   | BACKING_OFF CLOSED
            on-failure-143 | start, spawned, die 15         | nothing              | EXITED ended by SIGTERM (15)
            on-failure | start, spawned, limit, exit 0      | cancel STOP_GROUP, cancel STOP_KILL, arm RESTART 500 ms | BACKING_OFF CLOSED
            on-failure | start, spawned, limit NEVER, exit 0 | cancel STOP_GROUP, cancel STOP_KILL | FAILED stopped by the memory watchdog at 200 of 100 bytes (exit code 0)
            on-failure | start, spawned, exit 1, timer RESTART | spawn 2           | STARTING 2
            on-failure | start, spawned, exit 1, timer RESTART, spawned | arm HEALTHY 30 s | RUNNING
            on-failure | start, spawned, exit 1, timer RESTART, spawned, exit 0 | cancel HEALTHY | EXITED exit code 0
            on-failure | start, spawned, exit 1, stop       | cancel RESTART       | EXITED exit code 1
            on-failure | start, spawned, exit 1, relaunch   | cancel RESTART, spawn 2 | STARTING 2
            on-failure | start, spawned, stop, exit 1       | cancel STOP_GROUP, cancel STOP_KILL | EXITED stopped: exit code 1
            on-failure | start, spawn-failed NOT_FOUND      | nothing              | FAILED not started: execve(x): ENOT_FOUND
            on-failure | start, spawn-failed OTHER          | nothing              | FAILED not started: execve(x): EOTHER
            on-failure | start, spawn-failed RESOURCE       | arm RESTART 500 ms   | BACKING_OFF CLOSED
            on-failure | start, spawn-failed RESOURCE, stop | cancel RESTART       | FAILED not started: execve(x): ERESOURCE
            always | start, spawned, exit 0                 | arm RESTART 500 ms   | BACKING_OFF CLOSED
            always | random 0.9, start, spawned, exit 0     | arm RESTART 500 ms   | BACKING_OFF CLOSED
            always | random 0.5, start, spawned, exit 1     | arm RESTART 750 ms   | BACKING_OFF CLOSED
            always | random 0.5, start, spawned, exit 1, timer RESTART, spawned, exit 1 | cancel HEALTHY, arm RESTART 1.2 s | BACKING_OFF CLOSED
            always | random 0.5, start, spawned, exit 1, timer RESTART, spawned, +30s, exit 1 | cancel HEALTHY, arm RESTART 750 ms | BACKING_OFF CLOSED
            always | start, spawned, relaunch               | signal LEADER 15, arm STOP_GROUP 5 s, arm STOP_KILL 10 s | STOPPING LEADER
            always | start, spawned, relaunch, exit 0       | cancel STOP_GROUP, cancel STOP_KILL, spawn 2 | STARTING 2
            always | start, spawned, relaunch, stop, exit 0 | cancel STOP_GROUP, cancel STOP_KILL | EXITED stopped: exit code 0
            once   | start, spawned, stop, relaunch, exit 0 | cancel STOP_GROUP, cancel STOP_KILL, spawn 2 | STARTING 2
            always-drain | start, spawned, relaunch, stop 15 | nothing             | STOPPING DRAIN
            always | start, spawned, lost                   | nothing              | FAILED lost by the launcher: spawner gone
            always-probed | start, spawned, timer START_TIMEOUT, die 15 | cancel STOP_GROUP, cancel STOP_KILL, arm RESTART 500 ms | BACKING_OFF CLOSED
            always-probed | start, timer START_TIMEOUT, spawn-failed RESOURCE | arm RESTART 500 ms | BACKING_OFF CLOSED
            max-1 | start, spawned, exit 1, timer RESTART, spawned, exit 1 | cancel HEALTHY | FAILED exit code 1
            max-1 | start, spawned, exit 1, timer RESTART, spawned, +31s, exit 1 | cancel HEALTHY, arm RESTART 500 ms | BACKING_OFF CLOSED
            max-1 | start, spawned, exit 1, timer RESTART, spawn-failed RESOURCE, timer RESTART, spawned, exit 1 | cancel HEALTHY | FAILED exit code 1
            max-1 | start, spawn-failed RESOURCE, timer RESTART, spawned, exit 1 | arm RESTART 500 ms | BACKING_OFF CLOSED
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1 | cancel HEALTHY, arm RESTART 60 s | BACKING_OFF OPEN
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1, timer RESTART | spawn 3 | STARTING 3
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1, relaunch | cancel RESTART, spawn 3 | STARTING 3
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1, timer RESTART, spawned, exit 1 | cancel HEALTHY, arm RESTART 60 s | BACKING_OFF OPEN
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1, timer RESTART, spawn-failed RESOURCE | arm RESTART 500 ms | BACKING_OFF HALF_OPEN
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1, timer RESTART, spawned, +30s, timer HEALTHY, exit 1 | arm RESTART 500 ms | BACKING_OFF CLOSED
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 0, timer RESTART, spawned, exit 1 | cancel HEALTHY, arm RESTART 500 ms | BACKING_OFF CLOSED
            """)
    void restarts(String policy, String script, String did, String where) {
        check(policy, script, did, where);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|', textBlock = """
            once      | start                                                | start
            once      | start, spawned                                       | started
            once      | start, spawned, exit 3                               | exit code 3
            once      | start, spawned, stop                                 | stop
            once      | start, spawned, stop, stop 2                         | silent
            drain     | start, spawned, stop                                 | stop; draining for 4 s
            once      | start, spawned, kill, timer KILL_CONFIRM             | not gone after 1 KILL; KILL to all again
            wait      | start, spawned, exit 3                               | exit code 3; waiting for its descendants
            end       | start, spawned, exit 3                               | exit code 3; ending its descendants
            always    | random 0.5, start, spawned, exit 3                   | next start in 750 ms: 1st failure in a row (exit code 3)
            always    | random 0.5, start, spawned, exit 3, timer RESTART, spawned, die 9 | next start in 1.2 s: 2nd failure in a row (ended by SIGKILL (9))
            always    | start, spawned, exit 0                               | next start in 500 ms: restarted always (exit code 0)
            always    | start, spawn-failed RESOURCE                         | next start in 500 ms: 1st time in a row without the resources to start (execve(x): ERESOURCE); not counted as a failure
            always    | start, spawned, exit 3, timer RESTART, spawned, timer HEALTHY | healthy for 30 s: earlier failures are forgotten
            max-1     | start, spawned, exit 3, timer RESTART, spawned, exit 3 | giving up after 1 restart: exit code 3
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1 | breaker open: one trial in 60 s: 2nd failure in a row (exit code 1)
            breaker-2 | start, spawned, exit 1, timer RESTART, spawned, exit 1, timer RESTART | trial start
            once      | start, spawned, limit                                | memory limit exceeded: 200 of 100 bytes
            """)
    void saysWhy(String policy, String script, String said) {
        assertThat(Script.play(POLICIES.get(policy), script).said()).isEqualTo(said);
    }
}
