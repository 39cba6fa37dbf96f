"""Probes by the minute and their days, outages, maintenance."""

from .maintenance import Maintenance
from .outages import Kind, Outage
from .probes import ALL, ProbeDay, ProbeMinute, ProbeSource, Target

__all__ = ["ALL", "Kind", "Maintenance", "Outage", "ProbeDay", "ProbeMinute", "ProbeSource", "Target"]
