"""Walking a form of several pages as a browser without a script does: everything on the page is sent along."""

from typing import Any

from django.test import Client

from tests.kit.markup import Element, read

from .conftest import page_of

OTHER_TYPES = {"radio", "checkbox", "file"}


def as_sent(response: Any) -> dict[str, list[str]]:
    """What the form of a page sends, as it stands: hidden, typed, ticked and chosen."""
    sent: dict[str, list[str]] = {}
    options: list[Element] = []
    for element in read(page_of(response)):
        if not _in_form(element):
            continue
        name, kind = element.attributes.get("name", ""), element.attributes.get("type", "text")
        if element.tag == "option":
            options.append(element)
        elif element.tag == "textarea":
            sent.setdefault(name, []).append("".join(element.texts).removeprefix("\n"))
        elif element.tag == "input" and (kind not in OTHER_TYPES or "checked" in element):
            sent.setdefault(name, []).append(element.attributes.get("value", ""))
    for option in options:
        if "selected" in option:
            sent.setdefault(option.inside[-1]["name"], []).append(option.attributes.get("value", option.text))
    sent.pop("csrfmiddlewaretoken", None)
    return sent


def _in_form(element: Element) -> bool:
    return any(outer.tag == "form" and outer.attributes.get("method") == "post" for outer in element.inside)


def press(client: Client, address: str, shown: Any, intent: str = "next", /, **typed: Any) -> Any:
    """Type into the page that is shown and press one of its buttons."""
    return client.post(address, {**as_sent(shown), "intent": intent, **typed})


def heading(response: Any) -> str:
    """The h1 of a page."""
    return next(each.text for each in read(page_of(response)) if each.tag == "h1")


def bars(response: Any) -> list[str]:
    """The step bars, each as it is read."""
    elements = read(page_of(response))
    return [
        each.text
        for each in elements
        if each.tag == "li" and "steps" in each.inside[-1].attributes.get("class", "")
    ]
