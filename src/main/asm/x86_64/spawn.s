# The spawn stub: walks a tape of system calls, in a new process or in the calling thread.
# Its bytes are the constant X86_64 of dev.gatun.linux.SpawnStub; a test assembles this file and compares.
#
#   long walk_tape(long clone_flags, void *stack_top, int *pidfd, struct entry *tape)
#   struct entry { int number, last; long argument[6], *result, required, mask; }          80 bytes
#
# Each entry: make the call, store its result, go on if (result ^ required) & mask is 0; while the first argument is
# below last (unsigned), make it one more and do the same again.
# A new process ends with code 127 at the first violation; the calling thread gets the violation back.
# The new process shares this one's memory, so it must touch nothing but the tape: it does not even use its stack.

    .intel_syntax noprefix
    .text
walk_tape:
    push    rbx                     # the two registers that hold our state over system calls, which
    push    r12                     # change rax, rcx and r11 and nothing else
    mov     rbx, rcx                # the tape
    mov     r12, rdi                # the flags, 0 when there is no new process
    xor     r10d, r10d              # clone's child_tid
    test    rdi, rdi
    jz      entry
    mov     eax, 56                 # clone(flags, stack, pidfd, child_tid); flags, stack and pidfd are in place
    syscall
    test    rax, rax
    jnz     done                    # the parent: the pid, or -errno
entry:
    mov     eax, [rbx]
    mov     rdi, [rbx + 8]
    mov     rsi, [rbx + 16]
    mov     rdx, [rbx + 24]
    mov     r10, [rbx + 32]
    mov     r8, [rbx + 40]
    mov     r9, [rbx + 48]
    syscall
    mov     rcx, [rbx + 56]
    mov     [rcx], rax
    xor     rax, [rbx + 64]
    and     rax, [rbx + 72]
    jnz     violated
    mov     eax, [rbx + 4]
    cmp     [rbx + 8], rax
    jae     next
    inc     qword ptr [rbx + 8]
    jmp     entry
next:
    add     rbx, 80
    jmp     entry
violated:
    test    r12, r12
    jz      done
    mov     edi, 127
    mov     eax, 231                # exit_group
    syscall
done:
    pop     r12
    pop     rbx
    ret
