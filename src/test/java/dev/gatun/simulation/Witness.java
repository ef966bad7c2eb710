package dev.gatun.simulation;

/** Sees what the kernel does at our request, and so knows what is true. */
interface Witness {

    /** We are about to create a process for the supervised one of this number. */
    void launching(int supervised);

    /** A tape came to its end, or its process was killed on the way: for us it is a started one. */
    void launched(SimProcess leader);

    /** A step of a tape failed: the call's number and its error. */
    void launchFailed(int supervised, long call, int errno);

    /** We sent a signal that may be sent. */
    void signalled(SimProcess target, int signal);

    /** We waited for one. */
    void reaped(SimProcess child);
}
