"""Probes by the minute and their days, outages, maintenance."""

from .letters import EvidenceLetter
from .maintenance import Maintenance
from .outages import Kind, Outage
from .probes import ALL, ProbeDay, ProbeMinute, ProbeSource, Target

__all__ = [
    "ALL",
    "EvidenceLetter",
    "Kind",
    "Maintenance",
    "Outage",
    "ProbeDay",
    "ProbeMinute",
    "ProbeSource",
    "Target",
]
