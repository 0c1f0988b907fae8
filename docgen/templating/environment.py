"""The one Jinja environment of docgen: sandboxed, strict about names, with Danish filters."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterator, Mapping
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import StrictUndefined, Undefined, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

from docgen.danish.filters import FILTERS
from docgen.danish.formats import display
from docgen.danish.values import TEMPLATE_ATTRIBUTES

MAX_TEXT = 1_000_000
"""The longest text, in characters, that one operator or filter may make out of shorter ones."""
MAX_WIDTH = 1_000
"""The greatest width, in characters, that a padding filter or a format may ask for."""

_MAPPING_METHODS = frozenset({"items", "keys", "values", "get"})
_TEXT_METHODS = frozenset(
    "capitalize casefold count endswith find index isalnum isalpha isdigit islower isnumeric isspace isupper join "
    "lower lstrip partition removeprefix removesuffix replace rfind rpartition rsplit rstrip split splitlines "
    "startswith strip swapcase title upper".split()
)
_SEQUENCE_METHODS = frozenset({"count", "index"})
_UNSAFE_FILTERS = ("pprint", "random", "urlize", "xmlattr", "forceescape")
_UNSAFE_NODES = (nodes.Import, nodes.FromImport, nodes.Include, nodes.Extends, nodes.ScopedEvalContextModifier)
_WIDE_FORMAT = re.compile(r"%[-+ #0]*(?:\*|\d{4,})|%[-+ #0]*\d*\.(?:\*|\d{4,})")


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which an item of a mapping always wins, and objects show their values but not their methods.

    Values are not escaped here: whoever prints them passes a `finalize` that escapes once, on output.
    """

    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` as templates write it: the item of a mapping first, then a safe attribute."""
        if isinstance(obj, Mapping):
            if attribute in obj:
                return obj[attribute]
            if attribute not in _MAPPING_METHODS:
                return self.undefined(obj=obj, name=attribute)
        return super().getattr(obj, attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """`obj[argument]` as templates write it; a mapping shows its items only."""
        if isinstance(obj, Mapping):
            return obj[argument] if argument in obj else self.undefined(obj=obj, name=argument)
        return super().getitem(obj, argument)

    def wrap_str_format(self, value: Any) -> None:
        """No `str.format` in templates: a width in it can ask for any amount of memory."""

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Whether a template may see `obj.attr`: values yes, methods only those that cannot do harm."""
        if not super().is_safe_attribute(obj, attr, value):
            return False
        if type(obj) in TEMPLATE_ATTRIBUTES:
            return attr in TEMPLATE_ATTRIBUTES[type(obj)]
        if isinstance(value, BuiltinMethodType | MethodType):
            return self._is_safe_method(obj, attr)
        return True

    @staticmethod
    def _is_safe_method(obj: object, name: str) -> bool:
        match obj:
            case Mapping():
                return name in _MAPPING_METHODS
            case str():
                return name in _TEXT_METHODS
            case list() | tuple():
                return name in _SEQUENCE_METHODS
            case _:
                return isinstance(obj, LoopContext | Cycler | Joiner | Namespace)

    def is_safe_callable(self, obj: Any) -> bool:
        """Whether a template may call `obj`: macros, functions the program passed in, and safe methods."""
        if not super().is_safe_callable(obj):
            return False
        if isinstance(obj, MethodType | BuiltinMethodType):
            return self._is_safe_method(obj.__self__, obj.__name__) or obj.__self__ is LoopContext
        return isinstance(obj, Macro | FunctionType | LoopContext | Cycler | Joiner | type(range)) or (
            obj in self.globals.values()
        )

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """An arithmetic operator, refused where a short template could make an enormous value."""
        return binary(operator, left, right)


_OPERATORS: dict[str, Callable[[Any, Any], Any]] = {
    "*": operator.mul,
    "**": operator.pow,
    "%": operator.mod,
    "+": operator.add,
}


def binary(sign: str, left: Any, right: Any) -> Any:
    """`left sign right` for `*`, `**`, `%` and `+`.

    Raises SecurityError where the result would be too large for a document.
    """
    match sign:
        case "*" if _size(left) * _number(right) > MAX_TEXT or _size(right) * _number(left) > MAX_TEXT:
            raise SecurityError("*")
        case "**" if abs(_number(right)) > 100 or abs(_number(left)) > 10**12:
            raise SecurityError("**")
        case "%" if isinstance(left, str):
            return _format(left, *(right if isinstance(right, tuple) else (right,)))
        case "+" if _size(left) + _size(right) > MAX_TEXT:
            raise SecurityError("+")
    return _OPERATORS[sign](left, right)


def _size(value: object) -> int:
    return len(value) if isinstance(value, str | list | tuple) else 0


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0


def _format(text: str, *values: object) -> str:
    if _WIDE_FORMAT.search(text):
        raise SecurityError("format")
    return str(text) % values


def _center(value: str, width: int = 80) -> str:
    return str(value).center(min(width, MAX_WIDTH))


def _indent(value: str, width: int = 4, first: bool = False) -> str:
    margin = " " * min(width, MAX_WIDTH)
    return (margin if first else "") + str(value).replace("\n", f"\n{margin}")


def _as_it_is(value: object) -> object:
    return value


def create_environment(
    *,
    undefined: type[Undefined] = StrictUndefined,
    finalize: Callable[..., Any] | None = None,
    filters: Mapping[str, Callable[..., Any]] | None = None,
    tests: Mapping[str, Callable[..., Any]] | None = None,
    globals: Mapping[str, Any] | None = None,  # noqa: A002
) -> Environment:
    """A sandboxed environment with Jinja's own harmless filters and docgen's Danish ones.

    `finalize` turns each printed value into text; without it values print as Danish text writes them.
    `safe`, `e` and `escape` leave a value as it is, since every value is escaped exactly once on output.
    """
    environment = Environment(
        undefined=undefined, finalize=finalize or display, autoescape=False, keep_trailing_newline=True
    )
    for name in _UNSAFE_FILTERS:
        environment.filters.pop(name, None)
    environment.globals.pop("lipsum", None)
    environment.filters |= dict.fromkeys(("e", "escape", "safe"), _as_it_is)
    environment.filters |= {"format": _format, "center": _center, "indent": _indent}
    environment.filters |= FILTERS
    environment.filters |= filters or {}
    environment.tests |= tests or {}
    environment.globals |= globals or {}
    return environment


def unsafe_nodes(tree: nodes.Node) -> Iterator[tuple[int, str]]:
    """The line and the name of every node in a template that reaches for other files or for the engine itself."""
    for node in tree.find_all(_UNSAFE_NODES):
        yield node.lineno, type(node).__name__
