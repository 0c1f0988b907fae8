"""Writing documents: codes DG5xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {
    "DG501": Entry(
        message="{fil} findes allerede og bliver ikke overskrevet",
        hint="brug --overskriv, eller vælg et andet navn med -o",
        explanation="docgen skriver aldrig oven i en fil uden at være bedt om det, for filen kan være rettet i Word.",
    ),
    "DG502": Entry(
        message="{fil} er åben i Word, Excel eller et andet program",
        hint="luk filen, og prøv igen, eller vælg et andet sted med -o",
        explanation="En fil, der er åben i et andet program, kan ikke erstattes. Den er ikke ændret. Er den lukket, "
        "kan der ligge en efterladt låsefil ved siden af den (navnet begynder med ~$ eller .~lock); slet den.",
    ),
    "DG503": Entry(
        message="{fil} er en mappe, ikke en fil",
        hint="skriv et filnavn efter -o, eller en mappe, der ender på /",
    ),
    "DG504": Entry(
        message="{fil} kan ikke skrives: {grund}",
        hint="vælg med -o en mappe, som du må skrive i, og hvor der er plads",
    ),
    "DG505": Entry(
        message="to input giver det samme filnavn: {fil}",
        hint="giv dokumenterne hver sin titel, eller lav dem hver for sig med -o",
        explanation="Filnavnet kommer fra dokumentets titel. Med samme titel ville det andet dokument overskrive det "
        "første.",
    ),
    "DG506": Entry(
        message="formatet kan ikke være {format}",
        hint="vælg mellem {kendte}",
    ),
    "DG507": Entry(
        message="filnavnet {fil} passer ikke til formatet {format}",
        hint="lad filnavnet ende på .{format}",
    ),
}
