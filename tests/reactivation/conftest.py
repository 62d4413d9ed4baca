"""What tests of the checklist begin with."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reactivation.calling import long_open
from tests.store.building import Building


@pytest.fixture
def shop(tmp_path: Path) -> Building:
    """A shop whose ledger reaches back three years."""
    return long_open(tmp_path)
