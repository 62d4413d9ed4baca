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

    @property
    def figure(self) -> float:
        """The ratio, or the figure itself where there is no floor."""
        return self.took / self.floor_took if self.floor_took else self.took


@dataclass(slots=True)
class Report:
    """All measurements of one run, printed as they come."""

    lines: list[Line] = field(default_factory=list)

    def add(self, line: Line) -> None:
        """Keep the measurement and print it."""
        if not self.lines:
            print(f"{'':44}{'took':>12}   {'ratio':>7}  {'target':>8}")
        self.lines.append(line)
        ratio = f"{line.figure:.2f} ×" if line.floor_took else ""
        target = "" if not line.at_most else f"≤ {line.at_most:g}" + (" ×" if line.floor_took else "")
        verdict = "" if not line.at_most else "  ok" if line.figure <= line.at_most else "  OVER"
        floor = f"   (× {line.floor}: {_time(line.floor_took, line.unit)})" if line.floor_took else ""
        took = _time(line.took, line.unit)
        print(f"{line.what:44}{took:>12}   {ratio:>7}  {target:>8}{verdict}{floor}", flush=True)

    def over(self) -> int:
        """How many figures are over their target."""
        return sum(1 for line in self.lines if line.at_most and line.figure > line.at_most)


def _time(figure: float, unit: str) -> str:
    if unit == "MB":
        return f"{figure:.0f} MB"
    return f"{figure * 1000:.1f} ms" if figure < 1 else f"{figure:.2f} s"
