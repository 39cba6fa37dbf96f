"""Loading Django and all that stands on it: a second of every process, and nothing of it is ever garbage."""

import gc

import django

# Collections of the young: with the collector's own figure it starts dozens of times a page.
YOUNG = 20_000


def load() -> None:
    """`django.setup()`, with the collector away meanwhile; what is loaded then it never looks at again."""
    gc.disable()
    try:
        django.setup()
        gc.freeze()
    finally:
        gc.set_threshold(YOUNG, 10, 10)
        gc.enable()
