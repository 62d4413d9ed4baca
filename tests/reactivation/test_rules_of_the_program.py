"""What comes with the program can be read whole: its queries are not tried again at every start."""

from __future__ import annotations

import pytest

from activetui.reactivation.alerts.shelf import SHELF as ALERTS
from activetui.reactivation.playbooks.playbook import SHELF as PLAYBOOKS
from activetui.reactivation.rules.rule_reading import NOTHING_OWN, OF_THE_PROGRAM

SHELVES = {"playbooks": PLAYBOOKS, "alerts": ALERTS}


@pytest.mark.parametrize("shelf", SHELVES)
def test_every_query_of_the_programs_own_rules_can_be_asked(shelf: str) -> None:
    texts = SHELVES[shelf].texts()
    assert texts
    for key, text in texts.items():
        tried = SHELVES[shelf].read(key, text, NOTHING_OWN)
        assert tried == SHELVES[shelf].read(key, text, OF_THE_PROGRAM)


def test_the_owners_rules_are_tried_always() -> None:
    text = PLAYBOOKS.texts()["regular"].replace("status:inactive", "status:inactiv")
    assert PLAYBOOKS.read("regular", text, OF_THE_PROGRAM).audience.startswith("status:inactiv ")
    with pytest.raises(Exception, match="inactive"):
        PLAYBOOKS.read("regular", text, NOTHING_OWN)
