"""On a slow line: the first page with all it brings within 100 KB, later pages within 20 KB; no link leads nowhere."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.contrib.staticfiles import finders
from django.test import Client

from mizban.config.demo.past import load_lived_in_offices
from tests.kit.markup import Element, read
from tests.standing import standing

from .conftest import NOON, page_of

FIRST, LATER = 100 * 1024, 20 * 1024
COMPRESSED = (".css", ".js", ".svg")


@pytest.fixture(scope="module")
def offices(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """The offices of the demo, with what they announce."""
    with standing(django_db_blocker):
        load_lived_in_offices(at=NOON)
        yield


@pytest.fixture
def demo(offices: None, db: None) -> Client:
    return Client()


def test_every_public_page_is_light_and_every_link_leads_somewhere(demo: Client) -> None:
    sizes = dict(walked(demo))
    assert len(sizes) > 60
    heavy = {address: size for address, size in sizes.items() if size > LATER}
    assert heavy == {}


def test_the_first_page_brings_little_with_it(demo: Client) -> None:
    for address in ("/", "/eaz-economy/", "/eaz-economy/services/government-vehicles/apply/"):
        response = demo.get(address)
        brought = {link for element in read(page_of(response)) for link in _brought(element)}
        assert len(brought) >= 5
        assert len(response.content) + sum(size_of(each) for each in brought) <= FIRST


def walked(client: Client) -> Any:
    """Every public page that can be reached by links from the first one, with its bytes on the line."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        address = waiting.pop()
        response = client.get(address, headers={"Accept-Encoding": "gzip"})
        if response.status_code == 302:
            links = [response["Location"]]
        else:
            assert response.status_code == 200, address
            # What is saved on purpose, such as open data, is no page.
            is_page = response["Content-Type"].startswith("text/html")
            if is_page:
                yield address, len(response.content)
            links = [
                element["href"]
                for element in (read(_text(response)) if is_page else ())
                if element.tag == "a" and "href" in element
            ]
        for link in links:
            target = urljoin(address, link).split("#")[0]
            # A PDF is a paper, not a page (tests/papers).
            if (
                link.startswith("tel:")
                or urlsplit(target).netloc
                or target in seen
                or target.endswith(".pdf")
            ):
                continue
            seen.add(target)
            waiting.append(target)


def _text(response: Any) -> str:
    packed = response.headers.get("Content-Encoding") == "gzip"
    return str((gzip.decompress(response.content) if packed else response.content).decode())


def _brought(element: Element) -> list[str]:
    """What a browser fetches for an element of a page."""
    if element.tag == "link":
        return [element["href"]]
    return [element["src"]] if element.tag in ("script", "img") and "src" in element else []


def size_of(address: str) -> int:
    """The bytes of a static file as it is served: compressed, but for what is compressed already."""
    found = finders.find(address.removeprefix("/static/"))
    assert isinstance(found, str), address
    content = Path(found).read_bytes()
    return len(gzip.compress(content)) if found.endswith(COMPRESSED) else len(content)
