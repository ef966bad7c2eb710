package dev.gatun.service.dump;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AttachReplyTest {

    @Test
    void theCodeAloneDoesNotMakeASuccess() {
        AttachReply reply = AttachReply.parse("0\nDumping heap to /x ...\nUnable to create /x: File exists\n");
        assertThat(reply.says("created")).isFalse();
        assertThat(reply.lastLine()).isEqualTo("Unable to create /x: File exists");
    }

    @Test
    void noTextDoesWithoutTheCode() {
        assertThat(AttachReply.parse("1\nHeap dump file created\n").says("created")).isFalse();
        assertThat(AttachReply.parse("0\nHeap dump file created\n").says("created")).isTrue();
    }

    @Test
    void anAnswerCanBeNoMoreThanACode() {
        assertThat(AttachReply.parse("101").lastLine()).isEqualTo("code 101");
        assertThat(AttachReply.parse("101\n").lastLine()).isEqualTo("code 101");
    }

    @Test
    void noAnswerIsMissing() {
        assertThat(AttachReply.parse("").isMissing()).isTrue();
        assertThat(AttachReply.parse("0\n").isMissing()).isFalse();
    }
}
