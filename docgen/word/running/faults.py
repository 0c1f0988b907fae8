"""Faults of a render: what went wrong with which tag, told with the names that were meant."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from decimal import DecimalException
from typing import TYPE_CHECKING, Any

from jinja2.exceptions import SecurityError, TemplateRuntimeError, UndefinedError
from jinja2.runtime import StrictUndefined, Undefined
from jinja2.utils import missing

from docgen.diagnostics import Diagnostic, error
from docgen.templating.budget import LimitError, items_of
from docgen.word.archive.texts import UnwritableError
from docgen.word.running.writing import WritingError

if TYPE_CHECKING:
    from docgen.word.running.bare import WordContext
    from docgen.word.tagging.tag import Tag

EXPECTED = (
    TemplateRuntimeError,
    WritingError,
    TypeError,
    ValueError,
    ArithmeticError,
    LookupError,
    AttributeError,
    RecursionError,
    LimitError,
)
"""What may be raised where a template does not fit its data. Anything else is a bug and goes on its way."""


class UnknownNameError(UndefinedError):
    """A name that nobody declared, with what it was looked for in (`missing`: among the names of the template)."""

    def __init__(self, name: object, holder: object, message: str | None) -> None:
        super().__init__(message)
        self.name = name
        self.holder = holder


def naming(base: type[Undefined]) -> Callable[..., Undefined | None]:
    """Makes `base` tell the name it is about when it raises; and what is asked of an empty value is empty itself."""

    def undefined(hint: str | None = None, obj: Any = missing, name: Any = None, exc: Any = None) -> Undefined | None:
        if obj is None:
            return None
        raised: Any = exc or (lambda message: UnknownNameError(name, obj, message))
        return base(hint, obj, name, raised)

    return undefined


def suggestion(name: str, known: Collection[str]) -> str:
    """The one of `known` that was probably meant, or the empty string."""
    letters = sorted(name.casefold())
    # the same letters in another case or order is what fingers do most
    same = [one for one in known if sorted(one.casefold()) == letters]
    if same:
        return same[0]
    import difflib

    return next(iter(difflib.get_close_matches(name, known, n=1, cutoff=0.6)), "")


def describe(context: WordContext, tag: Tag, fault: Exception) -> Diagnostic:
    """The diagnostic for what was raised while `tag` was evaluated."""
    match fault:
        case WritingError():
            return fault.diagnostic
        case LimitError():
            return error("DG476" if fault.what == "steps" else "DG477", tag.place, kode=tag.written)
        case RecursionError():
            return error("DG478", tag.place, kode=tag.written)
        case UnknownNameError():
            return _unknown(context, tag, fault)
        case UnwritableError():
            return error(fault.code, tag.place, kode=tag.written, **fault.values)
        case SecurityError():
            return error("DG459", tag.place, kode=tag.written)
        case ArithmeticError() if isinstance(fault, ZeroDivisionError | DecimalException):
            return error("DG454", tag.place, kode=tag.written)
    from docgen.templating.reasons import value_reason

    code = "DG453" if isinstance(fault, ValueError) else "DG452"
    return error(code, tag.place, kode=tag.written, grund=value_reason(fault), grund_en=str(fault))


def _unknown(context: WordContext, tag: Tag, fault: UnknownNameError) -> Diagnostic:
    name = str(fault.name)
    if fault.holder is missing:
        meant = suggestion(name, [*context.parent, *context.program.local_names])
        return error("DG451" if meant else "DG450", tag.place, navn=name, forslag=meant)
    if isinstance(fault.name, int) and isinstance(fault.holder, list | tuple | str):
        position = fault.name + (fault.name >= 0)
        return error("DG462", tag.place, kode=tag.written, nummer=position, antal=len(fault.holder))
    whole = context.program.dotted(tag.number, name)
    known = [str(key) for key in fault.holder] if isinstance(fault.holder, Mapping) else []
    meant = suggestion(name, known)
    return error("DG451" if meant else "DG450", tag.place, navn=whole, forslag=meant)


def record_located(context: WordContext, fault: Exception, written: Iterator[str]) -> bool:
    """Notes a fault outside every guard, by the line of generated code; whether there is such a line."""
    number = context.program.tag_at(fault.__traceback__, written if isinstance(fault, LimitError) else None)
    if number:
        context.session.record(describe(context, context.program.tags[number], fault), number)
    return bool(number)


# --- guards -------------------------------------------------------------------------------------------------------


class AgainError(UndefinedError):
    """Raised by whatever is done with the value of an expression that has failed: no fault of its own."""


class EnoughError(Exception):
    """Raised in a guarded render that is not to go on: the template asks for too much, or enough has been told."""

    def __init__(self, number: int = 0, cause: Exception | None = None) -> None:
        self.number = number
        self.cause = cause
        super().__init__()


_ENDING = (LimitError, RecursionError)
_FAILED = StrictUndefined(exc=AgainError)
"""What an expression with a fault stands for in a guarded render."""


def _note(context: WordContext, number: int, fault: Exception) -> None:
    if isinstance(fault, AgainError):
        return
    if not context.session.record(describe(context, context.program.tags[number], fault), number):
        raise EnoughError


def guard_value(context: WordContext, number: int, evaluate: Callable[[], object]) -> object:
    """The value of an expression; after a fault one that prints nothing and causes no other."""
    try:
        return evaluate()
    except _ENDING as fault:
        raise EnoughError(number, fault) from None
    except EXPECTED as fault:
        _note(context, number, fault)
        return _FAILED


def guard_test(context: WordContext, number: int, evaluate: Callable[[], object]) -> bool:
    """Whether a condition holds; after a fault neither it nor any of those after it does."""
    try:
        found = bool(evaluate())
    except _ENDING as fault:
        raise EnoughError(number, fault) from None
    except EXPECTED as fault:
        _note(context, number, fault)
        context.neither = True
        return False
    context.neither = False
    return found


def guard_next_test(context: WordContext, number: int, evaluate: Callable[[], object]) -> bool:
    """The same for `elif` and `else`."""
    return not context.neither and guard_test(context, number, evaluate)


def guard_items(context: WordContext, number: int, cost: int, names: int, evaluate: Callable[[], Any]) -> Any:
    """What a loop goes through; nothing after a fault, also where the elements are not as many as their `names`."""
    try:
        found = items_of(cost, evaluate())
        # what is only made as it is asked for would fail outside of this guard, and so would taking it apart
        made = list(found) if names or isinstance(found, Iterator) else found
        for one in made if names else ():
            _take_apart(one, names)
    except _ENDING as fault:
        raise EnoughError(number, fault) from None
    except EXPECTED as fault:
        _note(context, number, fault)
        return ()
    return made


def _take_apart(element: object, names: int) -> None:
    """Raises what Python would raise for `a, b = element`."""
    if not isinstance(element, Iterable):
        raise TypeError("cannot unpack what is not iterable")
    if len(tuple(element)) != names:
        raise ValueError("not as many values to unpack as names")


GUARDS: dict[str, Callable[..., Any]] = {
    "guard_value": guard_value,
    "guard_test": guard_test,
    "guard_next_test": guard_next_test,
    "guard_items": guard_items,
}


def recording(writer: Callable[..., str]) -> Callable[..., str]:
    """A writer that notes a value it cannot write, and writes nothing."""

    def write(context: WordContext, number: int, value: object, *rest: object) -> str:
        try:
            return writer(context, number, value, *rest)
        except _ENDING as fault:
            raise EnoughError(number, fault) from None
        except (WritingError, UnwritableError, TemplateRuntimeError) as fault:
            _note(context, number, fault)
            return ""
        except EXPECTED as fault:
            context.session.bug = fault
            raise

    return write
