"""Twenty days on which promises are held: today, and past and future ones drawn once."""

from __future__ import annotations

import random

from tests.store.building import TODAY

RANDOM_DAYS = [TODAY, *random.Random(20261122).sample(range(TODAY - 1100, TODAY + 400), 19)]
