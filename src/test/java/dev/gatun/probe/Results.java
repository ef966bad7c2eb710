package dev.gatun.probe;

import java.util.ArrayList;
import java.util.List;

/** What attempts have answered. */
final class Results implements Check.Answer {

    private final TestLoop test;
    private final List<CheckResult> all = new ArrayList<>();

    Results(TestLoop test) {
        this.test = test;
    }

    @Override
    public void onResult(CheckResult result) {
        all.add(result);
    }

    /** Turns the loop until the only answer is there. */
    CheckResult await() {
        test.until("an answer", () -> !all.isEmpty());
        return all.getFirst();
    }

    int count() {
        return all.size();
    }
}
