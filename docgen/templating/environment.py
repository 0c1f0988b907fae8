"""The one Jinja environment of docgen: sandboxed, strict about names, with Danish filters."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import cache
from pickle import PicklingError
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
from docgen.templating.filters import GROWING, metered
from docgen.templating.metering import binary, call_method, joining, pay_for_call
from docgen.templating.methods import stand_in

_MAPPING_METHODS = frozenset({"items", "keys", "values", "get"})
_TEXT_METHODS = frozenset(
    "capitalize casefold count endswith find index isalnum isalpha isdigit islower isnumeric isspace isupper join "
    "lower lstrip partition removeprefix removesuffix replace rfind rpartition rsplit rstrip split splitlines "
    "startswith strip swapcase title upper".split()
)
_SEQUENCE_METHODS = frozenset({"count", "index"})
_UNSAFE_FILTERS = ("pprint", "random", "urlize", "xmlattr")
_SAFE_NODES = frozenset(
    "Template Output TemplateData For If Macro CallBlock FilterBlock With Block Assign AssignBlock ExprStmt Name NSRef "
    "Tuple Const List Dict Pair Keyword CondExpr Filter Test Call Getitem Getattr Slice Concat Compare Operand "
    "Mul Div FloorDiv Add Sub Mod Pow Not Neg Pos And Or Break Continue "
    # what only an extension that the program brings can write
    "ExtensionAttribute EnvironmentAttribute ContextReference DerivedContextReference ImportedName InternalName".split()
)


class Environment(ImmutableSandboxedEnvironment):
    """A sandbox in which an item of a mapping always wins, and objects show their values but not their methods.

    Values are not escaped here: whoever prints them passes a `finalize` that escapes once, on output.
    """

    has_methods = False
    """Whether templates may call those methods of texts and dates that methods.py has made safe."""
    intercepted_binops = frozenset({"*", "**", "%", "+"})

    def getattr(self, obj: Any, attribute: str) -> Any:
        """`obj.attribute` as templates write it: the item of a mapping first, then a safe attribute."""
        if isinstance(obj, dict | Mapping):  # most are a dict, which is told sooner
            if attribute in obj:
                return obj[attribute]
            if attribute not in _MAPPING_METHODS:
                return self.undefined(obj=obj, name=attribute)
        found = stand_in(self, obj, attribute) if self.has_methods else None
        return super().getattr(obj, attribute) if found is None else found

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

    def __reduce__(self) -> tuple[Callable[[], Environment], tuple[()]]:
        # every node of a syntax tree knows its environment
        if self is not plain_environment():
            raise PicklingError("only docgen's own environment is the same in the next run")
        return plain_environment, ()

    def call(self, context: Context, called: Any, /, *arguments: Any, **named: Any) -> Any:
        """A call in a template, paid for; a method of a text that may make a long one is looked at first."""
        if isinstance(called, BuiltinMethodType) and isinstance(called.__self__, str) and not named:
            if not self.is_safe_callable(called):
                raise SecurityError(called.__name__)
            return call_method(called.__self__, called.__name__, called, *arguments)
        pay_for_call(isinstance(called, LoopContext), arguments)
        return super().call(context, called, *arguments, **named)

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:  # noqa: ARG002
        """An arithmetic operator, refused where a short template could make an enormous value."""
        return binary(operator, left, right)


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
    `safe`, `e`, `escape` and `forceescape` leave a value as it is, since every value is escaped exactly once on output.
    """
    environment = Environment(
        undefined=undefined, finalize=finalize or display, autoescape=False, keep_trailing_newline=True
    )
    for name in _UNSAFE_FILTERS:
        environment.filters.pop(name, None)
    environment.globals.pop("lipsum", None)
    environment.filters |= dict.fromkeys(("e", "escape", "forceescape", "safe"), _as_it_is)
    environment.filters |= GROWING
    environment.filters |= FILTERS | {"join": joining(FILTERS["join"])}
    environment.filters |= filters or {}
    environment.filters = {name: metered(name, one) for name, one in environment.filters.items()}
    environment.tests |= tests or {}
    environment.globals |= globals or {}
    return environment


@cache
def plain_environment() -> Environment:
    """The environment as it is without additions; the same one every time."""
    return create_environment()


def unsafe_nodes(tree: nodes.Node) -> Iterator[tuple[int, str]]:
    """The line and the name of every node of a template that is not known to be harmless.

    Those are the nodes that reach for other files or for the engine itself, and any that Jinja may get later.
    """
    for node in tree.find_all(nodes.Node):
        if type(node).__name__ not in _SAFE_NODES:
            yield node.lineno, type(node).__name__
