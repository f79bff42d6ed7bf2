"""The environment of the templates: Jinja, bent to what pages and book need of it, and the filters that both have.

In: what a value is shown as, and the names that a template may use. Nothing in it can make text look safe that is not.
"""

from collections.abc import Callable, Iterable, Mapping, MutableMapping
from keyword import iskeyword
from types import SimpleNamespace
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup

from generator.kind import Kind
from generator.lang import Lang
from generator.views.entries import EntryView, Row
from generator.views.site import filed_title
from generator.words import kind_words

_FILTERS: Final = (
    "first",
    "groupby",
    "last",
    "length",
    "list",
    "reject",
    "rejectattr",
    "reverse",
    "select",
    "selectattr",
)


def environment(
    folder: str,
    ending: str,
    shown: Callable[[Any], str],
    *,
    filters: Mapping[str, Callable[..., Any]],
    names: Mapping[str, object],
) -> Environment:
    """Return an environment that shows every value by `shown`; a kind's own templates lie in `folder`."""
    made = _Environment(
        loader=PackageLoader("generator", "templates"),
        autoescape=True,
        finalize=shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        auto_reload=False,
        cache_size=-1,
    )
    templates = frozenset(made.list_templates())

    def template_of(kind: Kind, name: str) -> str | None:
        """Return the path of a kind's template, None where the kind has none of this name."""
        path = f"{folder}kinds/{kind.name}/{name}{ending}"
        return path if path in templates else None

    def commas(values: Iterable[object]) -> Markup:
        """Put commas between values."""
        return Markup(", ".join(map(shown, values)))  # noqa: S704 - all of them are safe now

    own = {"alphabetical": _alphabetical, "commas": commas, "not_using": _not_using, "using": _using}
    made.filters = {name: made.filters[name] for name in _FILTERS} | own | dict(filters)
    made.globals = {"template_of": template_of, "words_of": _words_of, **names}
    return made


class _Generator(CodeGenerator):
    """Compiles templates to plain Python, for which they are written: a tenth of the time goes into Jinja's detours.

    `{{ … }}` is a call of `_shown` alone: what that returns is safe, and Jinja need not look once more. `a.b` is an
    attribute, never an item, and one that is not there is an error. A call is a call: no function asks for the context.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 - Jinja's name
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
        else:
            self.visit(node.node, frame)
            self.write(f".{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: FBT001, FBT002, N802
        self.visit(node.node, frame)
        self.write("(")
        for argument in (*node.args, *node.kwargs):
            self.visit(argument, frame)
            self.write(", ")
        self.write("caller=caller)" if forward_caller else ")")

    def _output_child_pre(self, _node: nodes.Expr, _frame: Frame, finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(str(finalize.src))

    def _output_child_post(self, _node: nodes.Expr, _frame: Frame, _finalize: CodeGenerator._FinalizeInfo) -> None:
        self.write(")")


class _Environment(Environment):
    code_generator_class = _Generator

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give a template the names of all: Jinja's way, a chain of mappings, is copied name by name for every page."""
        return {**self.globals, **d} if d else self.globals


def _alphabetical(entries: Iterable[EntryView], lang: Lang) -> list[EntryView]:
    """Sort entries by their titles in a language."""
    return sorted(entries, key=lambda entry: (filed_title(entry.of.title, lang), entry.id))


def _using(rows: Iterable[Row], *fields: str) -> list[Row]:
    """Return the rows that refer from one of these fields."""
    return [row for row in rows if row.by(*fields)]


def _not_using(rows: Iterable[Row], *fields: str) -> list[Row]:
    """Return the rows that refer from none of these fields."""
    return [row for row in rows if not row.by(*fields)]


def _words_of(kind: Kind, lang: Lang) -> SimpleNamespace:
    """Return the words of a kind."""
    return kind_words(kind.name, lang).texts
