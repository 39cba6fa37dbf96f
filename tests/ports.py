"""Ports for servers that tests start."""

import os
import socket
from itertools import count

# Below those the system gives to whoever asks for any (32768 and above): nobody is given ours before we listen on it.
# Processes begin a hundred ports apart.
_NEXT = count(10_000 + os.getpid() * 100 % 20_000)


def free_port() -> int:
    """A port of loopback where nobody listens; another one at each call."""
    for port in _NEXT:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)):
                return port
    raise AssertionError
