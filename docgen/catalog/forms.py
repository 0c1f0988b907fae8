"""Forms in Excel and Word, marked copies, lists in files of their own, tables out: codes DG7xx."""

from __future__ import annotations

from docgen.catalog import Entry

_EXCEL: dict[str, Entry] = {  # DG700-DG729: Excel forms
    "DG700": Entry(
        'i "{felt}" står SAND eller FALSK, som er læst som "{tekst}"',
        "er det forkert, så giv cellen formatet Tekst, og skriv den igen",
    ),
    "DG701": Entry("cellen viser {fejl}, så værdien kan ikke læses", "ret formlen, eller skriv værdien selv"),
    "DG702": Entry(
        "cellen har en formel, som ikke er regnet ud",
        "åbn filen i Excel eller LibreOffice, gem den, og prøv igen",
    ),
    "DG703": Entry('kolonnen "{overskrift}" i {liste} er ikke læst: intet felt hedder sådan', "{forslag}"),
    "DG704": Entry(
        'arket "{ark}" er ikke læst: ingen liste hedder sådan',
        "skal det med, så {forslag}; skal det ikke, så slet arket",
    ),
    "DG705": Entry('"{tekst}" er ikke læst: det står {hvor} ({celler})', "{forslag}"),
    "DG706": Entry(
        "{antal} {rækker} lige under tabellen {liste} er læst med",
        "hører de ikke til, så flyt dem længere ned eller slet dem",
    ),
    "DG707": Entry("{liste} har skjulte rækker, som er læst med: {rækker}", "slet dem, hvis de ikke skal med"),
    "DG708": Entry(
        "cellerne {område} er flettet, og kun den øverste til venstre har en værdi",
        "ophæv fletningen, og skriv værdien i hver celle, som den gælder for",
    ),
    "DG709": Entry('overskriften "{overskrift}" kan være flere felter: {felter}', 'skriv fx "{eksempel}"'),
    "DG710": Entry(
        '"{overskrift}" er det samme felt som "{anden}" i {celle}', "slet den ene, eller giv den et andet navn"
    ),
    "DG711": Entry('kolonnen "{overskrift}" mangler i {liste}', "sæt den ind med den overskrift, og udfyld den"),
    "DG712": Entry('"{tekst}" er ikke en udfyldt række på arket "{ark}"', "{forslag}"),
    "DG713": Entry(
        'det fremgår ikke, hvilken række på arket "{ark}" rækken hører til', 'udfyld kolonnen "{overskrift}"'
    ),
    "DG714": Entry('feltet "{felt}" findes ikke i {type}, så "{tekst}" er ikke læst', "{forslag}"),
    "DG715": Entry(
        "{type} er ændret{versioner}, siden skemaet blev lavet; {ændringer}",
        "et nyt skema med de samme oplysninger: docgen skema {navn} --fra FIL.xlsx -o NY.xlsx",
    ),
    "DG716": Entry("skemaet er til {skemaets} og ikke til {type}", 'skriv: docgen {navn} "{fil}"'),
    "DG717": Entry(
        'flere rækker på arket "{ark}" hedder "{tekst}", så det er uklart, hvilken rækken hører til',
        "giv hver række sit eget nummer",
    ),
    "DG718": Entry(
        'Excel har gjort teksten i "{felt}" til en dato; den er læst som "{tekst}"',
        "er det forkert, så giv cellen formatet Tekst, og skriv den igen",
    ),
    "DG719": Entry(
        'tallet i "{felt}" har flere cifre, end Excel kan huske; det er læst som "{tekst}"',
        "giv cellen formatet Tekst, og skriv tallet igen",
    ),
    "DG720": Entry('"{felt}": {tekst} uden procenttegn er læst som {læst}', "er det forkert, så skriv {andet} %"),
    "DG721": Entry('skemaet har ikke plads til "{sti}", som ikke er med', "det kan kun stå i en tekstfil (YAML)"),
    "DG722": Entry(
        '"{sti}" er ikke med: teksten har {antal} tegn, og en celle kan have {mest}',
        "del teksten, eller lad den stå i en tekstfil (YAML)",
    ),
    "DG723": Entry(
        'linjen "{tekst}" skal være et navn, et kolon og en tekst', "skriv fx formål: Formål og opgaver på linjen"
    ),
    "DG724": Entry('"{tekst}" er ikke et felt i {type}, så værdien ved siden af er ikke læst', "{forslag}"),
    "DG725": Entry(
        "regnearket har ingen af felterne i {type}",
        "lav et skema med: docgen skema {navn} -o skema.xlsx",
    ),
    "DG726": Entry("et skema skal ende på .xlsx eller .docx, ikke {fil}", "skriv fx -o skema.xlsx"),
    "DG727": Entry('kolonnen "{overskrift}" i {liste} er skjult, men læst med', "ryd den, hvis den ikke skal med"),
    "DG728": Entry(
        'arket "{ark}" er skjult, men læst med som {liste}', "vis arket, eller slet det, hvis det ikke skal med"
    ),
    "DG729": Entry(
        "{antal} {rækker} i {liste} står for sig selv under tabellen og er ikke læst ({numre})",
        "slet de tomme rækker over, så der ikke er hul i listen; skal det ikke med, så slet det",
        "Kun rækker i tabellen, eller lige under den, hører til listen. docgen laver ikke dokumentet, for ellers ville "
        "det mangle noget uden at nogen så det.",
    ),
}

_WORD: dict[str, Entry] = {  # DG730-DG749: Word forms
    "DG730": Entry(
        "filen er ikke et skema fra docgen",
        "lav et skema med: docgen skema TYPE -o FIL.docx",
        "Et Word-dokument kan kun bruges som input, når det er et skema, som docgen har lavet. Et færdigt dokument "
        "eller en skabelon kan ikke.",
    ),
    "DG731": Entry("skemaet er til {skema}, ikke til {type}", 'skriv: docgen {skema} "{fil}"'),
    "DG732": Entry(
        "teksten hører ikke til noget felt",
        "flyt den til det felt, den hører til, eller slet den",
        "Det, der er skrevet uden for felterne, i en overskrift eller i den grå vejledning, kommer ikke med i "
        "dokumentet. Derfor standser docgen, så intet forsvinder.",
    ),
    "DG733": Entry(
        'der er intet felt, der hedder "{felt}", i {type}',
        "flyt teksten til et andet felt, eller slet den",
        "Skemaet har et felt, som dokumenttypen ikke har længere, eller som er kommet med fra et andet dokument.",
    ),
    "DG734": Entry(
        "skemaet er til version {gammel} af {type}, men version {ny} gælder nu; {felter}",
        "det, der er udfyldt, er læst; lav et nyt skema med --fra, hvis der skal mere med",
    ),
    "DG735": Entry(
        "skemaet er lavet af en anden udgave af docgen og kan ikke læses",
        "lav et nyt skema med: docgen skema {type} -o FIL.docx",
    ),
    "DG736": Entry(
        '{antal} billede eller diagram i "{felt}" kommer ikke med i dokumentet',
        "skriv det vigtigste med ord, eller læg billedet ved som bilag",
    ),
    "DG737": Entry(
        '"{felt}" står to gange med hver sin tekst: "{første}" og "{anden}"',
        "slet den ene",
    ),
    "DG738": Entry(
        'linjen "{tekst}" under »Andet« kan ikke læses',
        "skriv feltets navn, et kolon og svaret; {forslag}",
    ),
    "DG739": Entry(
        'et skema kan ikke vise "{felt}", som det står i inputtet',
        "ret det i inputtet, eller lav skemaet uden --fra",
    ),
    "DG740": Entry('{type} har ingen liste, der hedder "{navn}" og kan få sit eget skema', "{forslag}"),
    "DG742": Entry('skemaet kan ikke have feltet "{navn}": det findes ikke', "{forslag}"),
    "DG743": Entry("--del og --felter er til skemaer i Word, og {fil} er til Excel", "skriv -o FIL.docx"),
    "DG741": Entry('linjen "{tekst}" kan ikke læses', "skriv et navn, et kolon og en tekst"),
    "DG744": Entry(
        'den grå tekst "{tekst}" ligner en vejledning og kommer ikke med',
        "er det et svar, så skriv det igen i feltet; ellers se bort fra beskeden",
    ),
    "DG745": Entry(
        'skjult tekst i "{felt}" kommer ikke med: "{tekst}"',
        "slet den, eller fjern fluebenet ved Skjult i Word under Skrifttype",
    ),
    "DG746": Entry(
        'teksten i "{felt}" er streget over, men kommer med: "{tekst}"',
        "slet den, hvis den ikke skal med; ellers fjern stregen",
    ),
    "DG747": Entry(
        '{ting} i "{felt}" kommer ikke med: "{tekst}"',
        "skriv den ind i feltet; kun de lange felter kan have fodnoter og links",
    ),
    "DG748": Entry(
        '{ting} i "{felt}" bliver vist på en anden måde: "{tekst}"',
        "se efter i dokumentet, og skriv det med ord, hvis meningen går tabt",
    ),
    "DG749": Entry(
        "skemaet har {ting}; rettelser er læst, som om de er godkendt, og kommentarer kommer ikke med",
        "se dem igennem i Word under Gennemse, hvis du er i tvivl",
    ),
}

_MARKING: dict[str, Entry] = {  # DG750-DG759: marked copies
    "DG750": Entry(
        "--markeret er til Excel- og Word-filer, og {fil} er ingen af delene",
        "kør docgen tjek uden --markeret; beskederne viser linjerne med fejl",
    ),
    "DG751": Entry(
        "en mærket kopi kan ikke skrives til stdout",
        "skriv et filnavn efter --markeret, fx kopi.xlsx",
    ),
    "DG752": Entry(
        "--markeret er til én fil ad gangen",
        "kør docgen tjek én gang for hver fil, og giv hver kopi sit navn",
    ),
    "DG753": Entry(
        "en mærket kopi kan ikke skrives oven i filen selv: {fil}",
        "vælg et andet navn efter --markeret",
    ),
    "DG754": Entry(
        "{fil} findes allerede og bliver ikke overskrevet",
        "brug --overskriv, eller vælg et andet navn efter --markeret",
    ),
}

_LISTS: dict[str, Entry] = {  # DG760-DG779, DG790-DG791: lists in files of their own
    "DG760": Entry('"{felt}" har {antal} {rækker} fra {fil}{summer}'),
    "DG761": Entry(
        'filen med rækkerne til "{felt}" findes ikke: {tekst}', "ret stien; den regnes fra mappen med inputtet"
    ),
    "DG762": Entry(
        '{tekst} har ingen ark, men "{felt}" skal hentes fra arket "{ark}"',
        "slet ark, eller skriv navnet på en Excel-fil (.xlsx)",
    ),
    "DG763": Entry(
        'rækkerne til "{felt}" kan ikke hentes fra {tekst}',
        "brug en fil, der ender på .xlsx, .yaml, .json, .toml eller .docx",
    ),
    "DG764": Entry('{tekst} har intet ark, der hedder "{ark}"', "{forslag}"),
    "DG765": Entry(
        'docgen kan ikke se, hvilket ark i {tekst} rækkerne til "{felt}" står på',
        'skriv arkets navn, fx fra: {{fil: "{tekst}", ark: "{eksempel}"}}; {forslag}',
        form_hint="skriv arkets navn i parentes efter filens: {tekst} ({eksempel}); {forslag}",
    ),
    "DG766": Entry(
        '{tekst} har ingen liste, der hedder "{felt}"',
        'skriv rækkerne i filen med en bindestreg foran hver, gerne under "{felt}:"',
    ),
    "DG767": Entry(
        '{felt} "{tekst}" står to steder med samme indhold; rækken er kun taget med én gang',
        "slet den ene; den anden er her: {sted}",
    ),
    "DG768": Entry(
        '{felt} "{tekst}" står to steder med forskelligt indhold: {felter}',
        "ret det ene sted, eller giv den ene række et andet nummer; den anden er her: {sted}",
        "Et nummer navngiver én række. Når to filer har rækker med samme nummer og forskelligt indhold, kan docgen "
        "ikke vide, hvilken der gælder.",
    ),
    "DG769": Entry(
        '{felt} "{tekst}" står både ved {andet} og ved {id}',
        "tjek, om det samme er skrevet to gange; det andet sted er {sted}",
    ),
    "DG770": Entry(
        'rækkerne til "{felt}" kan ikke hentes, når inputtet ikke selv er en fil', "gem inputtet i en fil, og brug den"
    ),
    "DG771": Entry(
        'rækkerne i en fil, der selv er hentet, kan ikke hentes fra en tredje ("{felt}")',
        "skriv rækkerne her, eller nævn alle filerne i inputtet selv",
    ),
    "DG772": Entry('"{felt}" henter {tekst} to gange', "slet den ene"),
    "DG773": Entry(
        'her skal stå, hvilken fil rækkerne til "{felt}" hentes fra',
        "skriv fx fra: center-nord.xlsx, fra: [center-nord.xlsx, center-syd.xlsx] eller "
        "fra: {{fil: center.xlsx, ark: Aktiver}}",
    ),
    "DG774": Entry('"{navn}" kendes ikke her (felt: {felt})', "{forslag}"),
    "DG775": Entry(
        'rækken "{tekst}" ser ud til at være en sum og er ikke taget med',
        "docgen regner selv summer ud; udfyld resten af rækken, hvis den skal med",
    ),
    "DG776": Entry(
        'arket "{ark}" har ingen række med overskrifter, som docgen kender ("{felt}")',
        "skriv felternes navne over kolonnerne; {forslag}",
    ),
    "DG777": Entry(
        'ingen fil passer til "{tekst}", så der er ingen rækker til "{felt}"',
        "ret stien; den regnes fra mappen med inputtet, og * og ? kan kun stå i filens navn, ikke i mappens",
    ),
    "DG778": Entry(
        '"{felt}" kan ikke hentes fra en hel mappe: {tekst}',
        'skriv, hvilke filer i mappen der skal med, fx "{tekst}/*.docx"',
    ),
    "DG779": Entry(
        "{fil} er et skema til {liste} alene, ikke til hele dokumentet",
        'skriv de andre felter i en datafil, og hent skemaet i den med {felt}: {{fra: "{fil}"}}',
        "Et skema, der er lavet med --del, har kun felterne i én liste. docgen tjek viser, om det er udfyldt rigtigt.",
    ),
    "DG790": Entry(
        'fra {tekst} er kun "{felt}" taget med, ikke {andre}',
        "skriv det andet i inputtet, hvis det skal med, eller slet det i filen",
    ),
    "DG791": Entry(
        'skemaet {tekst} har ingen udfyldte "{felt}"', "få skemaet udfyldt, eller tag det ud af listen over filer"
    ),
}

_TABLES: dict[str, Entry] = {  # DG780-DG789: tables written as a workbook
    "DG780": Entry(
        "dokumenttypen {type} har ingen lister, så den kan ikke skrives som regneark (xlsx)", "vælg et andet format"
    ),
    "DG782": Entry(
        '"{navn}" kan ikke være navn på et ark',
        "brug højst {grænse} tegn og hverken kolon, skråstreg, stjerne, spørgsmålstegn eller kantede parenteser",
    ),
    "DG783": Entry('arket "{ark}" har ingen kolonne, der hedder "{navn}"', "{forslag}"),
    "DG784": Entry('der er ingen liste af grupper, der hedder "{navn}" (ark: {ark})', "{forslag}"),
}

_AROUND: dict[str, Entry] = {  # DG792-DG799: what a form has beside its answers, and looks that are lost
    "DG792": Entry(
        'arket "{ark}" har {ting}, som ikke kommer med',
        "skriv det i et felt, hvis det skal med; ellers se bort fra det",
    ),
    "DG793": Entry(
        '"{tekst}" er streget over, men læst med ({celler})', "slet det, hvis det ikke skal med; ellers fjern stregen"
    ),
    "DG794": Entry(
        'cellen viser "{vist}", men i "{felt}" er det læst som "{tekst}" ({celler})',
        "giv cellen formatet Tekst, og skriv det, som det skal stå",
        "Nuller foran, punktum, enhed og tegn imellem er kun cellens format. Det, der står i cellen, er tallet uden "
        "dem.",
    ),
    "DG795": Entry(
        '{ting} i "{felt}" kommer ikke med: "{tekst}"',
        "brug fed eller kursiv, hvis noget skal fremhæves; står der noget, som ikke er afklaret, så ret teksten",
    ),
    "DG796": Entry(
        'Word har skrevet en fejl ind i "{felt}": "{tekst}"',
        "skriv selv det, der skal stå; en henvisning i Word er gået i stykker",
    ),
    "DG797": Entry(
        "række {række} gentager overskrifterne i {liste} og er ikke taget med",
        "slet rækken; er den rigtig, så skriv noget andet i den",
    ),
    "DG798": Entry(
        '"{tekst}" i "{felt}" ligner et gentagelsestegn, men er læst, som det står', "skriv det helt ud i hver række"
    ),
}

ENTRIES = {**_EXCEL, **_WORD, **_MARKING, **_LISTS, **_TABLES, **_AROUND}
