"""design.yaml: an organisation's name, logo, colours, fonts, footer and own Word file, read with all its faults."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from docgen.danish.grammar import genitive
from docgen.design_file import WORD_FILE, Design, LogoFile, standard
from docgen.diagnostics import Diagnostic, DocgenError, Place, TextPlace, error, has_errors, warning
from docgen.kinds.suggestions import suggestion
from docgen.sources import Mapping, Node, Scalar, read
from docgen.word.look.colours import READABLE, contrast, mixed

_SLOTS = {"primær": "dk2", "sekundær": "accent1", "tekst": "dk1", "linje": "accent5", "tabelhoved": "lt2"}
"""The slots of a Word theme that docgen's design gives its colours by."""
_RULE, _SHADE = 1 / 3, 0.09
"""How much of the first colour is in rules and in the heads of tables, where nothing is said of them."""
_FONTS = ("tekst", "overskrift")
_KEYS = ("organisation logo logo_højde logo_tekst logo_placering farver skrifttyper sidefod fil typografier").split()
_TELLING = {"logo", "farver", "skrifttyper", "sidefod", "typografier"}
"""The keys that tell a design file from an input."""
_COLOUR = re.compile(r"#?([0-9A-Fa-f]{6})")
_HEIGHT = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?) ?(cm|mm)?")
_LOWEST, _HIGHEST, _USUAL = 0.5, 4.0, 1.2  # cm
_LONGEST_FONT, _LONGEST_LINE, _MOST_LINES = 31, 120, 3
_CODES = ("{{", "{%", "{#")


def read_file(path: Path) -> Design:
    """The design in a file such as design.yaml, with its warnings. Raises DocgenError with every fault of it."""
    reading = read(path)
    reader = _Reader(path)
    made = reader.design(reading.root)
    findings = tuple(sorted((*reading.warnings, *reader.findings), key=_order))
    if has_errors(findings):
        raise DocgenError(findings)
    return made._replace(warnings=findings)


def is_design_file(path: Path) -> bool:
    """Whether a file that can be read describes a design, by its keys."""
    try:
        root = read(path).root
    except DocgenError:
        return False
    keys = {entry.key.text for entry in root} if isinstance(root, Mapping) else set()
    return 2 * len(keys & set(_KEYS)) > len(keys) and bool(keys & _TELLING)


def _order(finding: Diagnostic) -> tuple[int, int]:
    place = finding.place
    return (place.line, place.column) if isinstance(place, TextPlace) else (0, 0)


class _Reader:
    """Reads the tree of one design file; `findings` is what is wrong with it."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.findings: list[Diagnostic] = []

    def design(self, root: Node) -> Design:
        """The design that the file describes."""
        given = dict(self._entries(root, "", _KEYS))
        own = self._text(given, "fil")
        beside = self._path.with_name(WORD_FILE)
        word = self._path.parent / own if own else beside if beside.is_file() else standard()
        if own and not word.is_file():
            self._fault("DG401", given["fil"].place)
        if "typografier" in given and not own and not beside.is_file():
            self._fault("DG488", given["typografier"].place)
        organisation = self._text(given, "organisation")
        return Design(
            word,
            bool(own) or word != standard(),
            (self._path,),
            organisation,
            self._logo(given, organisation),
            tuple(self._colours(given.get("farver")).items()),
            self._fonts(given.get("skrifttyper")),
            self._footer(given),
            tuple(self._styles(given.get("typografier"))),
        )

    def _fault(self, code: str, place: Place, **values: str | int) -> None:
        self.findings.append(error(code, place, path="", **values))

    def _entries(self, node: Node | None, name: str, known: tuple[str, ...] | list[str]) -> Iterator[tuple[str, Node]]:
        """The keys and values of a mapping, each key of `known` (any key where it is empty)."""
        if node is None or (isinstance(node, Scalar) and node.empty):
            return
        if not isinstance(node, Mapping):
            self._fault("DG481", node.place, navn=name or self._path.name)
            return
        for entry in node:
            if known and entry.key.text not in known:
                told = suggestion(entry.key.text, known)
                self._fault("DG480", entry.key.place, navn=entry.key.text, **told)
            else:
                yield entry.key.text, entry.value

    def _string(self, node: Node, name: str) -> str:
        if isinstance(node, Scalar):
            return node.text.strip()
        self._fault("DG482", node.place, navn=name)
        return ""

    def _text(self, given: dict[str, Node], name: str, most: int = _LONGEST_LINE) -> str:
        if name not in given:
            return ""
        text = self._string(given[name], name)
        if len(text) > most:
            self._fault("DG487", given[name].place, navn=name, mest=most)
        return text

    def _choice(self, given: dict[str, Node], name: str, choices: tuple[str, ...]) -> str:
        text = self._text(given, name) or choices[0]
        if text not in choices:
            self._fault("DG492", given[name].place, navn=name, værdi=text, kendte=", ".join(choices))
        return text

    def _logo(self, given: dict[str, Node], organisation: str) -> LogoFile | None:
        name = self._text(given, "logo", 1_000)
        height = self._height(given)
        right = self._choice(given, "logo_placering", ("venstre", "højre")) == "højre"
        if not name:
            return None
        path, place = self._path.parent / name, given["logo"].place
        if not path.is_file():
            self._fault("DG484", place, fil=path.as_posix())
        usual = f"{genitive(organisation)} logo" if organisation else "Logo"
        return LogoFile(path, place, height, self._text(given, "logo_tekst") or usual, right)

    def _height(self, given: dict[str, Node]) -> float:
        text = self._text(given, "logo_højde")
        found = _HEIGHT.fullmatch(text)
        height = float(found[1].replace(",", ".")) / (10 if found[2] == "mm" else 1) if found else 0.0
        if text and not _LOWEST <= height <= _HIGHEST:
            self._fault("DG491", given["logo_højde"].place, tekst=text)
        return height if text else _USUAL

    def _colours(self, node: Node | None) -> dict[str, str]:
        found: dict[str, str] = {}
        places: dict[str, Place] = {}
        for name, value in self._entries(node, "farver", list(_SLOTS)):
            text = self._string(value, name)
            match = _COLOUR.fullmatch(text)
            if match:
                found[name], places[name] = match[1].upper(), value.place
            elif isinstance(value, Scalar):
                self._fault("DG483", value.place, navn=name, tekst=text)
        if "primær" in found:
            first = found["primær"]
            found = {"linje": mixed(first, _RULE), "tabelhoved": mixed(first, _SHADE), "sekundær": first} | found
        self._check_contrast(found, places)
        return {_SLOTS[name]: colour for name, colour in found.items()}

    def _check_contrast(self, found: dict[str, str], places: dict[str, Place]) -> None:
        shade = found.get("tabelhoved", "FFFFFF")
        pairs = [(name, "FFFFFF", places.get(name)) for name in ("primær", "sekundær", "tekst")]
        pairs += [(name, shade, places.get("tabelhoved")) for name in ("primær", "tekst")]
        for name, other, place in pairs:
            colour = found.get(name, "000000")
            measured = contrast(colour, other)
            if place and measured < READABLE:
                ratio = f"{int(measured * 10) / 10:.1f}"
                told = {"farve": f"#{colour}", "anden": f"#{other}", "kontrast": ratio.replace(".", ",")}
                self.findings.append(warning("DG493", place, navn=name, **told, kontrast_en=ratio))

    def _fonts(self, node: Node | None) -> tuple[str, str]:
        found = {
            name: self._text({name: value}, name, _LONGEST_FONT)
            for name, value in self._entries(node, "skrifttyper", _FONTS)
        }
        return found.get("tekst", ""), found.get("overskrift", "")

    def _footer(self, given: dict[str, Node]) -> tuple[str, ...]:
        text = self._text(given, "sidefod", _LONGEST_LINE * _MOST_LINES)
        lines = tuple(line.strip() for line in text.splitlines() if line.strip())
        if len(lines) > _MOST_LINES:
            self._fault("DG494", given["sidefod"].place, mest=_MOST_LINES)
        if any(code in text for code in _CODES):
            self._fault("DG495", given["sidefod"].place)
        return lines

    def _styles(self, node: Node | None) -> Iterator[tuple[str, str, Place]]:
        for name, value in self._entries(node, "typografier", ()):
            own = self._string(value, name)
            if own:
                yield name, own, value.place
