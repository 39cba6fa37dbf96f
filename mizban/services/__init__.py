"""What offices offer, a folder each. No service imports another; the web finds them by their declarations."""

from importlib import import_module
from pathlib import Path


def register_rules() -> None:
    """Register the rules of every deployed service, for commands that run without Django's start."""
    for rules in sorted(Path(__file__).parent.glob("*/rules.py")):
        import_module(f"{__name__}.{rules.parent.name}.rules")
