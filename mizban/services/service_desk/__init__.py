"""The electronic service desk (میز خدمت): anybody asks, complains, comments or suggests, and is answered.

It grants no permit and has no law of its own; it keeps the promises of agreement S4 (roads and urban development,
Markazi) and the duty to answer complaints in writing (decree 1127128 on citizens' rights in administration, 1395).
"""
