"""A mail server on loopback, real enough to talk SMTP, that fails at a word."""

import asyncio
import email
import email.policy
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any


@dataclass
class PostOffice:
    """`says` is what it answers to a command («RCPT», «DATA», «.», «hello») or to one address instead of yes.

    `holds` is after how many mails it says no word any more: to the next one, or to the last one (`took` it).
    """

    says: dict[str, str] = field(default_factory=dict)
    hangs: bool = False
    holds: int | None = None
    took: bool = False
    held: threading.Event = field(default_factory=threading.Event)
    mails: list[tuple[str, EmailMessage]] = field(default_factory=list)
    calls: int = 0
    port: int = 0

    def to(self) -> list[str]:
        """Whom a mail came for, in order."""
        return [address for address, _ in self.mails]

    def answer(self, *names: str, usual: str) -> bytes:
        return (next((self.says[name] for name in names if name in self.says), usual) + "\r\n").encode()

    async def talk(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.calls += 1
        if self.hangs:
            await reader.read()
            writer.close()
            return
        writer.write(self.answer("hello", usual="220 loopback"))
        address = ""
        while line := (await reader.readline()).decode().strip():
            verb, _, rest = line.partition(" ")
            verb = verb.upper()
            if verb == "MAIL" and not self.took and self.is_enough():
                await self.hold(reader)
                break
            if verb == "RCPT":
                address = rest.partition("<")[2].rstrip(">")
                writer.write(self.answer(address, verb, usual="250 yes"))
            elif verb == "DATA" and "DATA" not in self.says:
                writer.write(b"354 go on\r\n")
                self.take(address, await reader.readuntil(b"\r\n.\r\n"), writer)
                if self.took and self.is_enough():
                    await self.hold(reader)
                    break
            elif verb == "QUIT":
                break
            else:
                writer.write(self.answer(verb, usual="250 yes"))
        writer.close()

    def is_enough(self) -> bool:
        return self.holds is not None and len(self.mails) >= self.holds

    async def hold(self, reader: asyncio.StreamReader) -> None:
        """Until the other side is gone."""
        self.held.set()
        await reader.read()

    def take(self, address: str, raw: bytes, writer: asyncio.StreamWriter) -> None:
        answer = self.answer(f"{address}.", ".", usual="250 taken")
        if answer.startswith(b"250"):
            mail: Any = email.message_from_bytes(raw[:-5], policy=email.policy.default)
            self.mails.append((address, mail))
        if not (self.took and self.is_enough()):
            writer.write(answer)


@contextmanager
def open_() -> Iterator[PostOffice]:
    """A post office that is open until the test is over."""
    office, loop, ready = PostOffice(), asyncio.new_event_loop(), threading.Event()

    async def serve() -> None:
        server = await asyncio.start_server(office.talk, "127.0.0.1", 0)
        office.port = server.sockets[0].getsockname()[1]
        ready.set()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    assert ready.wait(10)
    try:
        yield office
    finally:
        asyncio.run_coroutine_threadsafe(_end(), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _end() -> None:
    """Whoever is still on the line is hung up on."""
    talks = asyncio.all_tasks() - {asyncio.current_task()}
    for each in talks:
        each.cancel()
    await asyncio.gather(*talks, return_exceptions=True)
