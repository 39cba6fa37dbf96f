"""Our way of rendering says what Jinja's own says, to the letter, and escapes what Jinja's own escapes."""

from typing import Any

import pytest
from django.utils.functional import SimpleLazyObject
from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup

from mizban.kit.rendering import KitEnvironment


class Told:
    """Says its HTML itself."""

    def __html__(self) -> str:
        return "<b>خودم</b>"

    def __str__(self) -> str:
        return "<never>"


@pass_context
def seen(context: Context, name: str) -> Any:
    return context.resolve(name)


VALUES = {
    "bad": "<script>alert('«1» & \"2\"')</script>",
    "good": Markup("<b>خوب</b>"),
    "told": Told(),
    "lazy": SimpleLazyObject(lambda: Markup("<input>")),
    "lazy_bad": SimpleLazyObject(lambda: "<input>"),
    "number": 12,
    "nothing": None,
    "rows": [("<i>", 1), ("و", 2)],
    "shout": lambda text, mark="!": f"{text}{mark}",
    "seen": seen,
    "upper": "<a>".upper,
}
PAGES = [
    "{{ bad }}{{ good }}{{ told }}{{ lazy }}{{ lazy_bad }}{{ number }}{{ nothing }}",
    "{% macro bold(x, y='<y>') %}<b>{{ x }}{{ y }}</b>{% endmacro %}{{ bold(bad) }}{{ bold(good, y=number) }}",
    "{% macro box() %}<p>{{ caller() }}</p>{% endmacro %}{% call box() %}{{ bad }}{% endcall %}",
    "{% macro cell(x) %}<td>{{ x }}</td>{% endmacro %}{% for a, b in rows %}{{ cell(a) }}{{ loop.index }}{% endfor %}",
    "{% for a, b in rows %}{{ shout(a, mark='<') }}{{ seen('number') }}{{ seen('b') }}{% endfor %}",
    "{% block one %}{% set x = 1 %}{{ shout(bad) }}{{ upper() }}{{ seen('x') }}{% endblock %}{{ self.one() }}",
    "{% set part %}{{ bad }}{% endset %}{{ part }}{{ part ~ bad }}{{ (bad ~ good)|upper }}",
    "{% filter upper %}{{ bad }}{% endfilter %}{% autoescape false %}{{ bad }}{% endautoescape %}",
    "{% set volatile = bad %}{% autoescape number > 20 %}{{ volatile }}{% endautoescape %}",
]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_is_what_jinja_makes_of_it(page: str) -> None:
    ours, usual = (made(autoescape=True).from_string(page) for made in (KitEnvironment, Environment))
    assert ours.render(VALUES) == usual.render(VALUES)


def test_what_people_write_is_never_markup() -> None:
    page = KitEnvironment(autoescape=True).from_string("{{ bad }}")
    assert "<script" not in page.render(VALUES)
