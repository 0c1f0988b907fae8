"""The typed values that are texts: the keys of choices, Markdown, numbers of people and places, names of files."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Self


class Choice(str):
    """One of the keys of a field of type `valg`; compares and hashes as the key. Attribute: `etiket` (the label)."""

    __slots__ = ("_etiket",)
    _etiket: str

    def __new__(cls, key: str, etiket: str = "") -> Self:
        """The key and its label; without a label the key stands for itself."""
        choice = super().__new__(cls, key)
        object.__setattr__(choice, "_etiket", etiket or key)
        return choice

    @property
    def etiket(self) -> str:
        """The label that a document shows."""
        return self._etiket

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a Choice cannot be changed: {name}")

    def __reduce__(self) -> tuple[type[Choice], tuple[str, str]]:
        return type(self), (str(self), self._etiket)

    def __repr__(self) -> str:
        return f"Choice({str(self)!r}, {self._etiket!r})"


class Markdown(str):
    """The text of an `afsnit`, as it was written in Markdown."""

    __slots__ = ()


class Phone(str):
    """A telephone number: eight digits, or + and the digits of a foreign number. Shown as `12 34 56 78`."""

    __slots__ = ()


class Cvr(str):
    """A CVR number of eight digits that passes modulus 11. Shown as `12 34 56 78`."""

    __slots__ = ()


class Gln(str):
    """A GLN/EAN location number of thirteen digits that passes modulus 10."""

    __slots__ = ()


class FileName(str):
    """The path of a file beside the input, with forward slashes. Shown as the path.

    Attributes: `navn` (the name without folders) and `findes` (whether the file is there; None where nobody can tell).
    """

    __slots__ = ("_findes",)
    _findes: bool | None

    def __new__(cls, path: str, findes: bool | None = None) -> Self:
        """The path, and whether the file is there."""
        name = super().__new__(cls, path)
        object.__setattr__(name, "_findes", findes)
        return name

    @property
    def findes(self) -> bool | None:
        """Whether the file is there; None where nobody can tell."""
        return self._findes

    @property
    def navn(self) -> str:
        """The name of the file without folders."""
        return self.rpartition("/")[2]

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a FileName cannot be changed: {name}")

    def __reduce__(self) -> tuple[type[FileName], tuple[str, bool | None]]:
        return type(self), (str(self), self._findes)

    def __repr__(self) -> str:
        return f"FileName({str(self)!r}, {self._findes!r})"
