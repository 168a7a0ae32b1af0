"""One measured claim, and the table that they make."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Result:
    """`value` in `unit`, its `goal` and whether the goal asks for "at least" or "at most".

    `against` says what the value was compared with in the same run; `readings` are the single measurements.
    """

    what: str
    value: float
    unit: str
    goal: float
    at_least: bool
    against: str = ""
    readings: tuple[float, ...] = ()

    @property
    def is_met(self) -> bool:
        return self.value >= self.goal if self.at_least else self.value <= self.goal

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"is_met": self.is_met}


def markdown(results: Iterable[Result]) -> str:
    lines = ["| what | measured | goal | against |", "| --- | --- | --- | --- |"]
    for result in results:
        sign = "at least" if result.at_least else "at most"
        mark = "" if result.is_met else " **missed**"
        lines.append(
            f"| {result.what} | {number(result.value)} {result.unit}{mark} "
            f"| {sign} {number(result.goal)} {result.unit} | {result.against} |"
        )
    return "\n".join(lines)


def number(value: float) -> str:
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.1f}" if abs(value) >= 10 else f"{value:.2f}"


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of the values lie; the greatest for few values."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


median = statistics.median
