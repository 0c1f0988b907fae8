"""Names that somebody may have meant, for the hints of messages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

_SPELLINGS = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "é": "e", "ü": "y", "ö": "oe", "ä": "ae"})
_MOST_NAMES = 15


def folded(name: str) -> str:
    """`name` without what people vary: capitals, æøå as ae, oe, aa, spaces, hyphens and underscores."""
    plain = name if name.isascii() else name.casefold().translate(_SPELLINGS)
    return "".join(letter for letter in plain.casefold() if letter.isalnum())


def closest(name: str, known: Iterable[str]) -> str | None:
    """The known name that is nearest to `name`, or None when none is near."""
    names = {folded(other): other for other in known}
    wanted = folded(name)
    if wanted in names:
        return names[wanted]
    from difflib import get_close_matches

    near = get_close_matches(wanted, names, n=1, cutoff=0.7)
    return names[near[0]] if near else None


def suggestion(name: str, known: Iterable[str]) -> dict[str, str]:
    """The values `forslag` and `forslag_en` of a message: the name that was perhaps meant, or else all known names."""
    names = [other for other in known if other]
    meant = closest(name, names)
    if meant is not None:
        return {"forslag": f'mente du "{meant}"?', "forslag_en": f'did you mean "{meant}"?'}
    return choices(names)


def listed(words: Sequence[str], last: str) -> str:
    """The words as a text lists them: `a, b eller c`, where `last` is `eller`."""
    return f" {last} ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def every(name: str, known: Iterable[str], none: tuple[str, str]) -> dict[str, str]:
    """The values `forslag` and `forslag_en`: the name that was perhaps meant, and all names, however many.

    `none` is what to say in Danish and English when there are no names at all.
    """
    names = list(known)
    if not names:
        return {"forslag": none[0], "forslag_en": none[1]}
    told = _choose(names, ", ".join(names))
    if closest(name, names) is None:
        return told
    return {word: f"{meant} {told[word]}" for word, meant in suggestion(name, names).items()}


def choices(known: Iterable[str]) -> dict[str, str]:
    """The values `forslag` and `forslag_en` of a message: all known names, cut where they are very many."""
    names = list(known)
    if not names:
        return {"forslag": "", "forslag_en": ""}
    return _choose(names, ", ".join(names[:_MOST_NAMES]) + (" …" if len(names) > _MOST_NAMES else ""))


def _choose(names: Sequence[str], shown: str) -> dict[str, str]:
    if len(names) == 1:
        return {"forslag": f"skriv {shown}", "forslag_en": f"write {shown}"}
    return {"forslag": f"vælg mellem {shown}", "forslag_en": f"choose between {shown}"}
