// The spawn stub: walks a tape of system calls, in a new process or in the calling thread.
// Its bytes are the constant AARCH64 of dev.gatun.linux.SpawnStub; a test assembles this file and compares.
//
//   long walk_tape(long clone_flags, void *stack_top, int *pidfd, struct entry *tape)
//   struct entry { int number, last; long argument[6], *result, required, mask; }          80 bytes
//
// Each entry: make the call, store its result, go on if (result ^ required) & mask is 0; while the first argument is
// below last (unsigned), make it one more and do the same again.
// A new process ends with code 127 at the first violation; the calling thread gets the violation back.
// The new process shares this one's memory, so it must touch nothing but the tape: it does not even use its stack.

    .text
walk_tape:
    stp     x19, x20, [sp, #-16]!   // the two registers that hold our state over system calls
    mov     x19, x3                 // the tape
    mov     x20, x0                 // the flags, 0 when there is no new process
    cbz     x0, entry
    mov     x3, xzr                 // clone's tls
    mov     x4, xzr                 // clone's child_tid
    mov     x8, #220                // clone(flags, stack, pidfd, tls, child_tid); the first three are in place
    svc     #0
    cbnz    x0, done                // the parent: the pid, or -errno
entry:
    ldr     w8, [x19]
    ldp     x0, x1, [x19, #8]
    ldp     x2, x3, [x19, #24]
    ldp     x4, x5, [x19, #40]
    svc     #0
    ldr     x9, [x19, #56]
    str     x0, [x9]
    ldp     x10, x11, [x19, #64]
    eor     x0, x0, x10
    ands    x0, x0, x11
    b.ne    violated
    ldr     w9, [x19, #4]
    ldr     x10, [x19, #8]
    cmp     x10, x9
    b.hs    next
    add     x10, x10, #1
    str     x10, [x19, #8]
    b       entry
next:
    add     x19, x19, #80
    b       entry
violated:
    cbz     x20, done
    mov     x0, #127
    mov     x8, #94                 // exit_group
    svc     #0
done:
    ldp     x19, x20, [sp], #16
    ret
