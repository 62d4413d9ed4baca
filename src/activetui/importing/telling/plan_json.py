"""A plan as data: the contract of `import --dry-run --format json`, and what a batch keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from activetui.importing.telling.kept_figures import assumed, figures_of, shape_of, whys_of
from activetui.importing.telling.sums import add_up
from activetui.ledger.money import plain

if TYPE_CHECKING:
    from activetui.importing.run import ImportPlan


def plan_as_json(plan: ImportPlan) -> dict[str, Any]:
    """Everything about one planned file; amounts as decimal strings, ISO days, None for what is not known."""
    understood = plan.reading.understood
    return {
        **shape_of(understood),
        "columns": _columns(plan),
        **figures_of(plan.reading.found, plan.staged, understood.currency.code),
        "refusals": [{"line": refusal.line, "reason": refusal.reason} for refusal in plan.refusals],
        "questions": [
            {"about": question.about, "why": question.why, "option": question.option}
            for question in plan.questions
        ],
        "assumptions": assumed(understood),
        "warnings": plan.warnings,
        "whys": whys_of(understood),
    }


def _columns(plan: ImportPlan) -> list[dict[str, Any]]:
    understood, found = plan.reading.understood, plan.reading.found
    if plan.staged is not None:
        add_up(understood, found)
    code = understood.currency.code
    return [
        {
            "name": column.name, "field": column.field, "confidence": column.confidence, "why": column.why,
            "sum": plain(found.sums.get(column.index), code),
        }
        for column in understood.columns
    ]
