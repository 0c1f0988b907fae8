"""The filters that make rich values out of plain data, so that a YAML file can have pictures and page breaks."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from docgen.danish.values import Markdown

if TYPE_CHECKING:
    from docgen.word.values.rich import Listing, RichText

# rich.py and timeline.py are loaded when a template uses them: a cached run mostly does not
_LOOKS = {
    "stil": "style",
    "fed": "bold",
    "kursiv": "italic",
    "understreget": "underline",
    "gennemstreget": "strike",
    "farve": "colour",
    "baggrund": "background",
    "størrelse": "size",
    "font": "font",
    "sænket": "subscript",
    "hævet": "superscript",
    "link": "link",
    "sprog": "language",
}


def _markdown(value: object) -> Markdown:
    return Markdown("" if value is None else str(value))


def _image(value: object, **options: Any) -> object:
    """`{{ logo | billede(bredde="4 cm", tekst="Kommunens logo") }}`: the path of a PNG or JPEG file, or its bytes."""
    if value in (None, ""):
        return ""
    _check(options, {"bredde", "højde", "tekst"})
    if "tekst" not in options:
        raise ValueError('billedet mangler tekst="…", som siger, hvad det viser (tekst="" for pynt)')
    from docgen.word.values.rich import FileImage, Image

    alt, width, height = str(options["tekst"] or ""), options.get("bredde"), options.get("højde")
    if isinstance(value, bytes):
        return Image(value, alt=alt, width=width, height=height)
    return FileImage(str(value), alt=alt, width=width, height=height)


def _page_break(value: object = True) -> object:
    """`{{ tekst | sideskift }}`: the text, and a page break after it; nothing for what is empty."""
    if value in (None, "", False):
        return ""
    from docgen.word.values.rich import PageBreak, RichText

    return PageBreak() if value is True else RichText(value).add("\f")


def _lines(value: object) -> Listing | str:
    """`{{ tekst | linjer }}`: text that keeps its lines; a blank line parts paragraphs like the one around."""
    if value is None:
        return ""
    from docgen.word.values.rich import Listing

    paragraphs = str(value).replace("\r\n", "\n").strip("\n").split("\n\n")
    return Listing("\a".join(part.strip("\n") for part in paragraphs if part.strip()))


def _look(value: object, **options: Any) -> RichText:
    """`{{ beløb | skrift(fed=true, farve="C00000") }}`: the text in a look of its own."""
    _check(options, _LOOKS)
    from docgen.danish.formats import display
    from docgen.word.values.rich import Look, RichText

    look: Look = {_LOOKS[name]: option for name, option in options.items()}  # type: ignore[assignment]
    return RichText(value if isinstance(value, RichText) else display(value), **look)


def _sub_document(value: object) -> object:
    """`{{ bilag | underdokument }}`: the text of another Word file, by its path or its bytes."""
    if value in (None, ""):
        return ""
    from docgen.word.values.subdocument import FileSubDocument, SubDocument

    return SubDocument(value) if isinstance(value, bytes) else FileSubDocument(str(value))


def _timeline(value: object, *names: str, **options: str) -> object:
    from docgen.word.values.timeline import timeline

    return timeline(value, *names, **options)


def _check(options: Mapping[str, object], known: set[str] | Mapping[str, str]) -> None:
    """Raises ValueError for an option that a filter does not have."""
    wrong = next((name for name in options if name not in known), "")
    if wrong:
        raise ValueError(f'"{wrong}" er ikke en af mulighederne: {", ".join(sorted(known))}')


FILTERS: dict[str, Callable[..., Any]] = {
    "markdown": _markdown,
    "billede": _image,
    "sideskift": _page_break,
    "linjer": _lines,
    "skrift": _look,
    "underdokument": _sub_document,
    "tidslinje": _timeline,
}
"""The filters of Word templates by name; an environment's own of the same name wins."""
