"""What measures are made of, a module per family of evidence."""

from .all_of import MEASURES, of_case
from .declaring import Count, Measure

__all__ = ["MEASURES", "Count", "Measure", "of_case"]
