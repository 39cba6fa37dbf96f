"""When an office works, and by when it owes an answer.

`week`, `days` and `deadlines` are plain Python and need no Django; `models`, `changes`, `current` and
`seeding` keep the data that a working calendar is made of.
"""
