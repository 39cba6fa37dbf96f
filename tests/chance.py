"""How much is left to chance: nothing in the suite, which tries the same examples every time; `make soak` explores."""

import os

from hypothesis import HealthCheck, settings

SOAK = bool(os.environ.get("MIZBAN_SOAK"))
MORE = 25 if SOAK else 1
PROFILE = "mizban"

# A property that fails for one seed in a thousand costs a landing and tells nobody why; nor may a busy machine fail it.
settings.register_profile(
    PROFILE,
    derandomize=not SOAK,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    print_blob=True,
)


def examples(count: int) -> settings:
    """So many examples in the suite, 25 times as many (and others each time) where it explores."""
    return settings(max_examples=count * MORE)
