"""The refusal every identifier gives."""


class Malformed(ValueError):
    """What was typed is not what was asked: `code` for programs, `message` for the person who typed it."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message
