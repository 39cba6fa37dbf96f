"""A case (پرونده), its parties, its files and its steps. One door for every change: `Case.open` and `case.take`."""
