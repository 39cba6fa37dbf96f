"""What is no password for a person of an office."""

SHORTEST = 10


def is_weak(password: str, *, username: str) -> bool:
    """Whether it is short, digits only, or has the name in it."""
    return len(password) < SHORTEST or password.isdigit() or username.lower() in password.lower()
