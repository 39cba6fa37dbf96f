"""One look at a page: what is down is named, and nothing a server does makes the look fail."""

import socket

from mizban.office.availability.probing import MARKS, look

from .site import served


def test_a_page_that_answers_is_up() -> None:
    with served() as site:
        for mark in MARKS.values():
            seen = look(site.url, mark=mark)
            assert (seen.ok, seen.reason) == (True, "")
            assert seen.ms < 5000


def test_what_is_wrong_is_named() -> None:
    with served() as site:
        site.status = 503
        assert look(site.url, mark="میزبان").reason == "status-503"
        site.status, site.page = 200, "<html>the provider's own page</html>"
        assert look(site.url, mark="میزبان").reason == "wrong-page"
        site.stuck.clear()
        assert look(site.url, mark="میزبان", timeout=0.2).reason == "timeout"


def test_where_nobody_listens_is_named_too() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        assert look(f"http://127.0.0.1:{taken.getsockname()[1]}/", mark="x").reason == "refused"
    assert look("http://no-such-host.invalid/", mark="x", timeout=2).reason in ("no-name", "timeout")
    assert look("file:///etc/passwd", mark="x").reason == "bad-url"
    assert look("http://[", mark="x").reason == "bad-url"
