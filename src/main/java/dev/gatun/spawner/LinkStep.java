package dev.gatun.spawner;

import java.util.List;

/** What an event leads to: the next state, and what is to be done, in this order. */
record LinkStep(LinkState next, List<LinkEffect> effects) {

    LinkStep {
        effects = List.copyOf(effects);
    }

    static LinkStep to(LinkState next, LinkEffect... effects) {
        return new LinkStep(next, List.of(effects));
    }
}
