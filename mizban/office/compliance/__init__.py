"""Compliance, clause by clause: evidence folded into figures that anybody can recompute."""
