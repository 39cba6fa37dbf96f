"""The identifiers Iranian offices ask for, a module each (formats.md §1-11).

Every module has `parse`, from what was typed to what is stored, or Malformed with a sentence for the person;
`show` where screens differ from storage; `mask` where lists must hide it. A check digit proves careful
typing, never identity.
"""

from .malformed import Malformed

__all__ = ["Malformed"]
