package dev.gatun.engine.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.gatun.process.ProcExit;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PodReadingTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {exitCode: 0, reason: Completed}                    | Succeeded | exit code 0
            {exitCode: 3, reason: Error}                        | Failed    | exit code 3
            {exitCode: 137, reason: Error}                      | Failed    | exit code 137
            {exitCode: 143, signal: 15, reason: Error}          | Failed    | SIGTERM (15)
            {exitCode: 1, signal: 0, reason: Error}             | Failed    | exit code 1
            {exitCode: 137, reason: OOMKilled}                  | Failed    | SIGKILL (9), out of memory (kubernetes OOMKilled)
            {exitCode: 1, reason: OOMKilled}                    | Failed    | exit code 1
            {reason: Error}                                     | Failed    | exit code -1
            {exitCode: 128, reason: StartError, message: nope}  | Failed    | StartError: nope
            {exitCode: 127, reason: ContainerCannotRun}         | Failed    | ContainerCannotRun
            {exitCode: 137, reason: ContainerStatusUnknown, message: lost} | Failed | ContainerStatusUnknown: lost
            """)
    void aTerminatedContainerTellsTheExit(String terminated, String phase, String words) {
        PodReading reading = reading("{phase: %s, containerStatuses: [{name: sidecar, state: {running: {}}}, "
                .formatted(phase) + "{name: main, state: {terminated: %s}}]}".formatted(terminated));

        assertThat(exit(reading).describe()).isEqualTo(words);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {phase: Failed, reason: Evicted, message: low on memory} | Evicted: low on memory
            {phase: Failed, reason: DeadlineExceeded, message: too long, containerStatuses: [{name: main, state: {terminated: {exitCode: 137}}}]} | DeadlineExceeded: too long (exit code 137)
            {phase: Failed, reason: Preempting} | Preempting
            {phase: Running, reason: NodeLost, message: Node n is unresponsive, containerStatuses: [{name: main, state: {running: {}}}]} | NodeLost: Node n is unresponsive
            {phase: Failed, conditions: [{type: DisruptionTarget, status: 'True', reason: PreemptionByScheduler, message: m}], containerStatuses: [{name: main, state: {terminated: {exitCode: 143}}}]} | PreemptionByScheduler: m (exit code 143)
            {phase: Failed} | the pod ended as Failed without a word on its container
            """)
    void aPodThatWasTakenAwayHasFailed(String status, String words) {
        assertThat(exit(reading(status))).isInstanceOf(ProcExit.Failed.class);
        assertThat(exit(reading(status)).describe()).isEqualTo(words);
    }

    /** The condition stays where the program was done before the cluster came to take the Pod. */
    @Test
    void aPodThatSucceededHasNotFailed() {
        PodReading reading = reading("{phase: Succeeded, conditions: [{type: DisruptionTarget, status: 'True', "
                + "reason: EvictionByEvictionAPI}], containerStatuses: [{name: main, state: {terminated: "
                + "{exitCode: 0, startedAt: '2026-01-02T03:04:05Z'}}}]}");

        assertThat(reading).isEqualTo(new PodReading.Ended(
                Optional.of(Instant.parse("2026-01-02T03:04:05Z")),
                Optional.empty(),
                new ProcExit.Exited(0, Optional.empty())));
    }

    @Test
    void aRunningContainerHasAnAddress() {
        assertThat(reading("{phase: Running, podIP: 10.0.0.7, containerStatuses: [{name: main, state: {running: "
                + "{startedAt: '2026-01-02T03:04:05Z'}}}]}"))
                .isEqualTo(new PodReading.Running(
                        Optional.of(Instant.parse("2026-01-02T03:04:05Z")), Optional.of("10.0.0.7")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {reason: ContainerCreating}                                | PROGRESS | ContainerCreating
            {reason: ErrImageNeverPull, message: not here}             | HOPELESS | ErrImageNeverPull: not here
            {reason: InvalidImageName, message: bad}                   | HOPELESS | InvalidImageName: bad
            {reason: CreateContainerConfigError, message: no secret s} | HOPELESS | CreateContainerConfigError: no secret s
            {reason: ErrImagePull, message: denied}                    | TROUBLE  | ErrImagePull: denied
            {reason: ImagePullBackOff, message: back-off}              | TROUBLE  | ImagePullBackOff: back-off
            {reason: CreateContainerError, message: busy}              | TROUBLE  | CreateContainerError: busy
            """)
    void aWaitingContainerSaysWhy(String waiting, PodReading.Prospect prospect, String words) {
        assertThat(reading("{phase: Pending, containerStatuses: [{name: main, state: {waiting: " + waiting + "}}]}"))
                .isEqualTo(new PodReading.Waiting(prospect, words));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {phase: Pending} | no scheduler has looked at it
            {phase: Pending, conditions: [{type: PodScheduled, status: 'False', reason: Unschedulable, message: 0/3 nodes}]} | Unschedulable: 0/3 nodes
            {phase: Pending, conditions: [{type: PodScheduled, status: 'True'}]} | it has a node, which has not said anything of it
            """)
    void aPodWithoutContainersSaysWhereItIs(String status, String words) {
        assertThat(reading(status)).isEqualTo(new PodReading.Waiting(PodReading.Prospect.PROGRESS, words));
    }

    @Test
    void aPodWithoutAStatusWaits() {
        assertThat(PodReading.of(new Pod())).isInstanceOf(PodReading.Waiting.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            NONE      | pod a/b is gone: deleted by somebody else
            TERMINATE | SIGTERM (15)
            KILL      | SIGKILL (9)
            """)
    void whatIsAssumedOfAPodThatIsGone(StopRequest request, String words) {
        assertThat(request.assumedExit(new PodHandle("a", "b", "c")).describe()).isEqualTo(words);
    }

    private static PodReading reading(String status) {
        return PodReading.of(Serialization.unmarshal("status: " + status, Pod.class));
    }

    private static ProcExit exit(PodReading reading) {
        assertThat(reading).isInstanceOf(PodReading.Ended.class);
        return ((PodReading.Ended) reading).exit();
    }
}
