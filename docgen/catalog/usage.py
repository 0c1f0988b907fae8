"""Wrong use of a command: codes DG9xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {
    "DG901": Entry(
        message="ukendt kommando eller dokumenttype: {navn}",
        hint="{forslag}",
    ),
    "DG902": Entry(
        message="ukendt tilvalg: {navn}",
        hint="se tilvalgene med --help",
    ),
    "DG903": Entry(
        message="der mangler noget efter kommandoen: {navn}",
        hint="se, hvordan kommandoen skrives, med --help",
    ),
    "DG904": Entry(
        message="{navn} kan ikke være {værdi}",
        hint="vælg mellem {kendte}",
    ),
    "DG905": Entry(
        message="for mange ord på kommandolinjen: {navn}",
        hint="sæt anførselstegn om filnavne med mellemrum",
    ),
    "DG906": Entry(
        message="kommandolinjen kan ikke forstås: {grund}",
        hint="se, hvordan kommandoen skrives, med --help",
    ),
    "DG907": Entry(
        message="docgen kan ikke se, hvilken dokumenttype {fil} er",
        hint="skriv typen efter --type: {kendte}",
        form_hint="skriv typen efter --type: {kendte}; er det et regneark med en række for hvert dokument, så tjek det "
        'med: docgen flet TYPE "{fil}" --tjek',
    ),
    "DG908": Entry(
        message="flere dokumenter kan ikke skrives til ét sted: {fil}",
        hint="skriv en mappe efter -o, eller giv ét input og ét format",
    ),
    "DG909": Entry(
        message="dokumenttypen {navn} har ingen skabelon",
        hint="læg {fil} i mappen {mappe}, eller vælg en Word-fil med --skabelon",
    ),
    "DG910": Entry(
        message="{værdi} er ikke en dato",
        hint='skriv datoen som 2026-01-31 eller "31. januar 2026"',
    ),
    "DG912": Entry(
        message="-o - og --json kan ikke bruges sammen",
        hint="skriv dokumentet til en fil med -o, så er der plads til svaret på stdout",
    ),
    "DG911": Entry(
        message="mappen {fil} findes ikke",
        hint="skriv en mappe med dokumenttyper efter --skabeloner",
    ),
    "DG913": Entry(
        message="{navn} kan kun bruges med en Word-skabelon",
        hint="slet tilvalget, eller vælg en skabelon, der er en Word-fil",
    ),
}
