"""How Jinja renders our pages: as it always does, without what it asks and makes for cases that we do not have.

A page has a hundred values and fifty calls; of each, Jinja makes an object that is joined at once, and asks three times
whether it wants the context. docs/performance.md says what that comes to.
"""

from collections.abc import Callable, MutableMapping
from functools import _lru_cache_wrapper
from types import BuiltinFunctionType, FunctionType
from typing import Any

from jinja2 import Environment, Template
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.nodes import Expr
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, _escape_inner, escape  # type: ignore[attr-defined]  # the C function under `escape`

# Callables that say by an attribute of Jinja's whether they want the context.
PLAIN = (FunctionType, BuiltinFunctionType, _lru_cache_wrapper)

_escape: Callable[[str], str] = _escape_inner


def escaped(value: object) -> str:
    """A value as a page has it: what `markupsafe.escape` says, for joining only, so that no `Markup` is made of it."""
    if type(value) is str:
        return _escape(value)
    return value if type(value) is Markup else escape(value)


class KitContext(Context):
    """A context that calls macros and plain functions at once."""

    def call(self, called: Any, *args: Any, **named: Any) -> Any:
        kind = type(called)
        if kind is not Macro and (kind not in PLAIN or hasattr(called, "jinja_pass_arg")):
            return super().call(called, *args, **named)
        if named:
            named.pop("_loop_vars", None)
            named.pop("_block_vars", None)
        if kind is not Macro:
            return called(*args, **named)
        left_out = called._argument_count - len(args)  # noqa: SLF001  # as `Macro.__call__` does
        if named or left_out < 0 or called.caller or called.catch_kwargs or called.catch_varargs:
            return called(self.eval_ctx, *args, **named)
        written = called._func(*args, *(missing,) * left_out)  # noqa: SLF001  # the same
        return Markup(written) if self.eval_ctx.autoescape else written  # noqa: S704  # what a template of ours escaped


class KitTemplate(Template):
    """A template whose macros are imported without looking for globals of the page's own: Django passes none."""

    def _get_default_module(self, ctx: Context | None = None) -> TemplateModule:  # noqa: ARG002  # Jinja's own name
        if self._module is None:
            self._module = self.make_module()
        return self._module


class KitCodeGenerator(CodeGenerator):
    """Writes values into pages by `escaped`."""

    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.escaped(")
        else:
            super()._output_child_pre(node, frame, finalize)


class KitEnvironment(Environment):
    template_class = KitTemplate
    context_class = KitContext
    code_generator_class = KitCodeGenerator
    escaped = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """What all templates may name; a chain of dictionaries for each, as Jinja makes it, is copied slowly."""
        return super().make_globals(d) if d else self.globals
