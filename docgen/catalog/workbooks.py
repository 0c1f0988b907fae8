"""Reading workbooks: codes DG6xx."""

from __future__ import annotations

from docgen.catalog import Entry

_SAVE_AS = "åbn filen i Excel, vælg Gem som, og gem den som Excel-projektmappe (.xlsx)"

_FILES: dict[str, Entry] = {
    "DG601": Entry("filen er ikke et regneark (.xlsx)", _SAVE_AS),
    "DG602": Entry("filen er i Excels gamle format (.xls)", _SAVE_AS),
    "DG603": Entry("filen er et Office-dokument, men ikke et regneark", "brug en fil, der er lavet i Excel"),
    "DG604": Entry(
        "regnearket er beskyttet med adgangskode",
        "åbn det i Excel, og slet adgangskoden under Filer > Oplysninger > Beskyt projektmappe > "
        "Krypter med adgangskode",
    ),
    "DG605": Entry("filen er i formatet {format}, ikke et regneark fra Excel (.xlsx)", _SAVE_AS),
    "DG606": Entry(
        'regnearket er beskadiget: "{navn}" kan ikke læses (linje {linje})',
        "åbn det i Excel, lad Excel reparere det, og gem det igen",
    ),
    "DG607": Entry("det er ikke regnearket selv, men Excels mærke om, at det er åbent", "brug {fil}"),
}  # DG601-DG619: the file as a whole

_CELLS: dict[str, Entry] = {
    "DG620": Entry(
        "arket er for stort: det går fra A1 til {celle}, og docgen læser højst {mest} celler",
        "find det, der står langt væk fra resten (Ctrl+End), og slet rækkerne og kolonnerne imellem",
    ),
}  # DG620-DG649: its sheets and cells

ENTRIES = {**_FILES, **_CELLS}
