"""What was measured, as a table of ratios with what they should stay under."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Line:
    """One measurement."""

    what: str
    took: float
    """In `unit`."""
    floor: str
    """What it is held against, in words; empty where the figure stands alone."""
    floor_took: float = 0.0
    at_most: float = 0.0
    """The ratio (or, without a floor, the figure) that it should stay under; 0: no target."""
    unit: str = "s"
    within: float = 0.0
    """In `unit`, what it should stay under whatever the floor took: a person waits for it; 0: no target."""

    @property
    def figure(self) -> float:
        """The ratio, or the figure itself where there is no floor."""
        return self.took / self.floor_took if self.floor_took else self.took

    @property
    def is_over(self) -> bool:
        """Whether it misses a target."""
        too_slow = bool(self.within) and self.took > self.within
        return too_slow or (bool(self.at_most) and self.figure > self.at_most)


@dataclass(slots=True)
class Report:
    """All measurements of one run, printed as they come."""

    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Keep the measurement and print it."""
        if not self.lines:
            print(f"{'':58}{'took':>12}   {'ratio':>7}  {'target':>9}")
        self.lines.append(line)
        ratio = f"{line.figure:.2f} ×" if line.floor_took else ""
        target = "" if not line.at_most else f"≤ {line.at_most:g}" + (" ×" if line.floor_took else "")
        if line.within:
            target = f"≤ {_time(line.within, line.unit)}"
        verdict = "" if not target else "  OVER" if line.is_over else "  ok"
        floor = f"   (× {line.floor}: {_time(line.floor_took, line.unit)})" if line.floor_took else ""
        took = _time(line.took, line.unit)
        print(f"{line.what:58}{took:>12}   {ratio:>7}  {target:>9}{verdict}{floor}", flush=True)

    def over(self) -> int:
        """How many figures are over their target."""
        return sum(1 for line in self.lines if line.is_over)


def _time(figure: float, unit: str) -> str:
    if unit == "MB":
        return f"{figure:.0f} MB"
    return f"{figure * 1000:.1f} ms" if figure < 1 else f"{figure:.2f} s"
