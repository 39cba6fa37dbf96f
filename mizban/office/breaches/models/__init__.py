from .alerts import Alert
from .escalations import Escalation
from .settings import Policy, Superior
from .signs import Reading, Sign

__all__ = ["Alert", "Escalation", "Policy", "Reading", "Sign", "Superior"]
