"""Tables, percentiles and verdicts."""

import math


def percentile(values, percent):
    ordered = sorted(values)
    return ordered[max(0, math.ceil(percent / 100 * len(ordered)) - 1)]


def median(values):
    return percentile(values, 50)


def number(value):
    if not isinstance(value, float):
        return str(value)
    return f"{value:.0f}" if abs(value) >= 100 else f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def table(head, rows):
    print("| " + " | ".join(head) + " |")
    print("|---" * len(head) + "|")
    for row in rows:
        print("| " + " | ".join(number(cell) for cell in row) + " |")
    print()


def at_most(what, value, target):
    verdict = "met" if value <= target else "MISSED"
    print(f"* {what} = **{number(float(value))}** (target: at most {number(float(target))}): {verdict}")


def at_least(what, value, target):
    verdict = "met" if value >= target else "MISSED"
    print(f"* {what} = **{number(float(value))}** (target: at least {number(float(target))}): {verdict}")
