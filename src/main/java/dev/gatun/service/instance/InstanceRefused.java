package dev.gatun.service.instance;

/** A second launcher is not to start what runs already, or may run: one sentence for the user. */
public final class InstanceRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InstanceRefused(String sentence) {
        super(sentence);
    }
}
