"""Fields that name an authority or an organisation, or the number that identifies one."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from docgen.danish import reference
from docgen.danish.formats import display
from docgen.danish.identifiers import parse_cvr, parse_gln
from docgen.danish.values import Municipality, Region
from docgen.diagnostics import Diagnostic, Severity
from docgen.kinds.fields import At, ScalarType, UnfitError, quoted
from docgen.kinds.text_fields import TextType
from docgen.sources import Scalar


class CvrType(ScalarType):
    """A CVR number whose check digit fits."""

    __slots__ = ()

    name: ClassVar[str] = "cvr"
    words: ClassVar[tuple[str, str]] = ("et CVR-nummer", "a CVR number")
    sample: ClassVar[str] = "29190909"

    def read(self, scalar: Scalar, at: At) -> object:
        """The number."""
        found = parse_cvr(scalar.text)
        if found is not None:
            return found
        code = "DG238" if _is_mistyped(scalar.text, 8, parse_cvr) else "DG235"
        return at.fault(code, scalar.place, tekst=quoted(scalar))

    def accept(self, value: object) -> object:
        """A CVR number."""
        found = parse_cvr(str(value))
        if found is None:
            raise UnfitError(str(value))
        return found


class GlnType(ScalarType):
    """A GLN (EAN) location number whose check digit fits."""

    __slots__ = ()

    name: ClassVar[str] = "gln"
    words: ClassVar[tuple[str, str]] = ("et GLN-nummer (EAN)", "a GLN (EAN) number")
    sample: ClassVar[str] = "5798001234566"

    def read(self, scalar: Scalar, at: At) -> object:
        """The number."""
        found = parse_gln(scalar.text)
        if found is not None:
            return found
        code = "DG240" if _is_mistyped(scalar.text, 13, parse_gln) else "DG239"
        return at.fault(code, scalar.place, tekst=quoted(scalar))

    def accept(self, value: object) -> object:
        """A GLN number."""
        found = parse_gln(str(value))
        if found is None:
            raise UnfitError(str(value))
        return found


class MunicipalityType(ScalarType):
    """A Danish municipality by name or code."""

    __slots__ = ()

    name: ClassVar[str] = "kommune"
    words: ClassVar[tuple[str, str]] = ("en kommune", "a municipality")
    sample: ClassVar[str] = "Middelfart Kommune"

    def read(self, scalar: Scalar, at: At) -> object:
        """The municipality."""
        found = reference.find_municipality(scalar.text)
        if found is not None:
            return found
        near = reference.suggest_municipalities(scalar.text)
        return at.fault("DG225", scalar.place, tekst=quoted(scalar), **_meant(near, "Odense Kommune"))

    def accept(self, value: object) -> object:
        """A municipality, or the name or code of one."""
        found = value if isinstance(value, Municipality) else reference.find_municipality(display(value))
        if found is None:
            raise UnfitError(display(value))
        return found


class RegionType(ScalarType):
    """A Danish region by name or code; one that does not exist on the day of the run is told of."""

    __slots__ = ()

    name: ClassVar[str] = "region"
    words: ClassVar[tuple[str, str]] = ("en region", "a region")
    sample: ClassVar[str] = "Region Syddanmark"

    def read(self, scalar: Scalar, at: At) -> object:
        """The region."""
        found = reference.find_region(scalar.text)
        if found is None:
            near = reference.suggest_regions(scalar.text)
            return at.fault("DG226", scalar.place, tekst=quoted(scalar), **_meant(near, "Region Syddanmark"))
        _check_validity(found, scalar, at)
        return found

    def accept(self, value: object) -> object:
        """A region, or the name or code of one."""
        found = value if isinstance(value, Region) else reference.find_region(display(value))
        if found is None:
            raise UnfitError(display(value))
        return found


class OrganisationType(TextType):
    """The name of an organisation: any text, but names of regions and municipalities that do not exist are told of."""

    __slots__ = ()

    name: ClassVar[str] = "organisation"
    words: ClassVar[tuple[str, str]] = ("en organisation", "an organisation")
    sample: ClassVar[str] = "Middelfart Kommune"

    def read(self, scalar: Scalar, at: At) -> object:
        """The text."""
        text = TextType.read(self, scalar, at)
        if isinstance(text, str):
            for wrong, right in reference.check_organisation(text):
                at.warn("DG229", scalar.place, tekst=wrong, **_meant((right,) if right else (), ""))
            region = reference.find_region(text) if text.startswith("Region ") else None
            if region is not None:
                _check_validity(region, scalar, at)
        return text


def _is_mistyped(text: str, length: int, parse: Callable[[str], object]) -> bool:
    """Whether a text has as many figures as such a number, and these are none: one of them is wrong."""
    figures = "".join(filter(str.isdecimal, text))
    return len(figures) == length and parse(figures) is None


def _meant(names: tuple[str, ...], example: str) -> dict[str, str]:
    if names:
        listed = '" / "'.join(names)
        return {"forslag": f'mente du "{listed}"?', "forslag_en": f'did you mean "{listed}"?'}
    if not example:
        return {"forslag": "tjek navnet", "forslag_en": "check the name"}
    return {"forslag": f"skriv det fulde navn, fx {example}", "forslag_en": f"write the full name, such as {example}"}


def _check_validity(region: Region, scalar: Scalar, at: At) -> None:
    """Tell of a region that is gone (a warning) or not there yet (only worth knowing: agreements look ahead)."""
    if region.gyldig_til is not None and region.gyldig_til < at.today:
        at.warn("DG227", scalar.place, region=region.navn, dato=display(region.gyldig_til))
    elif region.gyldig_fra > at.today:
        values = {"felt": at.name, "region": region.navn, "dato": display(region.gyldig_fra)}
        at.diagnostics.append(Diagnostic("DG228", Severity.INFO, scalar.place, values, at.path))


TYPES = (CvrType, GlnType, MunicipalityType, RegionType, OrganisationType)
