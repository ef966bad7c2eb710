package dev.gatun.doctor;

import java.util.List;

/** All findings by groups. */
public record Report(List<Group> groups) {

    /**
     * Findings of one kind.
     *
     * @param name stable, for programs; also the heading
     */
    public record Group(String name, List<Finding> findings) {}

    /** Whether nothing is missing that Gatun cannot do without. */
    public boolean isHealthy() {
        return groups.stream().flatMap(group -> group.findings().stream()).noneMatch(Finding::isFatal);
    }

    long count(Status status) {
        return groups.stream()
                .flatMap(group -> group.findings().stream())
                .filter(finding -> finding.status() == status)
                .count();
    }
}
