"""Whether the portal could be reached: probes by the minute, outages, maintenance, and what they add up to."""
