"""Reading a file: codes DG1xx."""

from __future__ import annotations

from docgen.catalog import Entry

_NOTEPAD = 'åbn filen i Notesblok (Notepad), vælg Filer > Gem som, vælg "UTF-8" ved Kodning, og gem'
_QUOTES = "sæt anførselstegn om hele teksten: {forslag}"
_KNOWN = "brug en fil, der ender på .yaml, .json, .toml, .xlsx eller .docx"
_TEXT_FILE = "brug en tekstfil, der er skrevet som YAML, JSON eller TOML"
_WRITE = "skriv {forslag}"

_FILES = {
    "DG101": Entry("filen findes ikke", "se efter, om navnet og mappen er skrevet rigtigt"),
    "DG102": Entry("filen findes ikke", 'mente du "{forslag}"?'),
    "DG103": Entry("filens mappe findes ikke", "se efter, om stien er skrevet rigtigt"),
    "DG104": Entry("det er en mappe, ikke en fil", "skriv navnet på en fil i mappen"),
    "DG105": Entry(
        "du har ikke adgang til at læse filen", "luk filen i andre programmer, eller bed filens ejer om adgang"
    ),
    "DG106": Entry("filen fylder mere end {grænse} MB", "se efter, om det er den rigtige fil, eller del den i flere"),
    "DG107": Entry('filer af typen "{endelse}" kan ikke læses', _KNOWN),
    "DG108": Entry(
        "et regneark i formatet {endelse} kan ikke læses",
        "åbn filen i Excel, vælg Gem som, og gem den som Excel-projektmappe (.xlsx)",
    ),
    "DG109": Entry(
        "et dokument ({endelse}) kan ikke bruges som input",
        "er det et udfyldt skema, så åbn det i Word eller LibreOffice, og gem det som Word-dokument (.docx); ellers "
        "brug en fil, der ender på .yaml, .json, .toml eller .xlsx",
    ),
    "DG110": Entry("filen kan ikke læses: {årsag}", "se efter, om drevet er tilsluttet, og prøv igen"),
    "DG111": Entry(
        "filen er gemt som {form}, men skal være UTF-8",
        _NOTEPAD,
        "Teksten i en inputfil skal være gemt med kodningen UTF-8. Nogle programmer gemmer som UTF-16, når man vælger "
        '"Unicode".',
    ),
    "DG112": Entry(
        "filen er gemt som Windows-1252, men skal være UTF-8; her står det første bogstav, der bliver forkert",
        _NOTEPAD,
        "Ældre Windows-programmer gemmer æ, ø og å på en måde, som andre programmer læser forkert. docgen gætter "
        "ikke, men beder om UTF-8.",
    ),
    "DG113": Entry("filen er ikke tekst i UTF-8; her står det første, der ikke kan læses", _NOTEPAD),
    "DG114": Entry("det er ikke en tekstfil", "se efter, om det er den rigtige fil"),
    "DG115": Entry(
        "linjen har et usynligt tegn, som ikke kan stå i en tekst: {tegn}",
        "slet tegnet, eller skriv stedet igen",
        "Usynlige styretegn følger tit med, når man kopierer fra en PDF eller en hjemmeside.",
    ),
    "DG116": Entry("filen er tom", "se efter, om det er den rigtige fil, og om den er gemt"),
    "DG117": Entry("filen har ikke noget indhold, kun tomme linjer eller kommentarer", "skriv mindst ét felt"),
    "DG118": Entry("teksten har et tegn, som ikke kan stå i et dokument: {tegn}", "slet tegnet"),
    "DG119": Entry("filnavnet har ingen endelse, så filens format er ukendt", _KNOWN),
}

_ANY_FORMAT = {
    "DG120": Entry(
        '"{navn}" står to gange; første gang i linje {linje}',
        "slet den ene, eller giv den et andet navn",
        "Det samme navn må kun stå én gang på samme sted, ellers ville den ene værdi gå tabt uden varsel.",
    ),
    "DG121": Entry("her er der flere end {grænse} niveauer inde i hinanden", "skriv det med færre niveauer"),
    "DG122": Entry("docgen kan ikke regne med tallet", "skriv et almindeligt tal med færre cifre"),
    "DG123": Entry("filen er lavet i {program} og er ikke en tekstfil", _TEXT_FILE),
    "DG124": Entry("filen er et billede ({form})", _TEXT_FILE),
    "DG125": Entry("filen er en {form}-fil, ikke en tekstfil", _TEXT_FILE),
}

_YAML = {
    "DG130": Entry(
        "linjen kan ikke læses", "se efter manglende kolon, anførselstegn eller mellemrum her og i linjen ovenfor"
    ),
    "DG131": Entry(
        "her står en tabulator i stedet for mellemrum",
        "slet tabulatoren, og brug mellemrumstasten: to mellemrum for hvert niveau",
        "Tabulatorer er ikke lige brede i alle programmer, så YAML-filer rykkes kun ind med mellemrum.",
    ),
    "DG132": Entry(
        "her står et usynligt tegn i stedet for et mellemrum: {tegn}",
        "slet tegnet, og tast et almindeligt mellemrum",
        "Hårde mellemrum og andre usynlige tegn følger tit med, når man kopierer fra Word eller en hjemmeside.",
    ),
    "DG133": Entry(
        "der mangler et mellemrum efter kolon",
        "skriv {navn}: og så et mellemrum før teksten",
        "Et felt skrives som navn, kolon, mellemrum og tekst. Uden mellemrummet læses det hele som én tekst.",
    ),
    "DG134": Entry(
        "der er et kolon i teksten, så den læses som endnu et felt",
        _QUOTES,
        "Kolon og mellemrum skiller et felts navn fra dets tekst. Står der også kolon og mellemrum i selve teksten, "
        "skal den have anførselstegn.",
    ),
    "DG135": Entry("anførselstegnet bliver ikke lukket", "skriv {tegn} også efter teksten"),
    "DG136": Entry("der står mere på linjen efter det anførselstegn, der lukker teksten", _QUOTES),
    "DG137": Entry(
        "en tekst kan ikke begynde med {tegn} uden anførselstegn",
        _QUOTES,
        "Nogle tegn betyder noget særligt, når de står først i en tekst uden anførselstegn: @ ` % * & ! [ ] { } | > ? "
        "og komma.",
    ),
    "DG138": Entry(
        "linjen er rykket ind, men linjen ovenfor har allerede en tekst",
        "lad de to linjer begynde lige under hinanden, eller slet teksten efter kolon ovenfor",
    ),
    "DG139": Entry(
        "linjens indrykning passer ikke med linjerne ovenfor",
        "lad linjer, der hører sammen, begynde lige under hinanden",
        "I YAML viser indrykningen, hvad der hører sammen: det, der hører til et felt, står to mellemrum længere inde "
        "end feltets navn.",
    ),
    "DG140": Entry(
        "der mangler et kolon efter feltets navn",
        "skriv navn, kolon, mellemrum og tekst; er linjen en fortsættelse af teksten ovenfor, så ryk den ind under den",
    ),
    "DG141": Entry("der mangler et mellemrum efter bindestregen", "skriv bindestreg, mellemrum og tekst: - tekst"),
    "DG142": Entry(
        "linjen står i en liste, men begynder ikke med en bindestreg",
        "ryk linjen ind, så den begynder lige under teksten efter bindestregen, eller begynd den med bindestreg og "
        "mellemrum",
    ),
    "DG143": Entry(
        "linjen er et punkt i en liste, men listen har ikke noget navn",
        "skriv listens navn og et kolon på linjen før den første bindestreg",
    ),
    "DG144": Entry(
        "teksten under | eller > er ikke rykket rigtigt ind",
        "ryk alle tekstens linjer lige langt ind, mindst to mellemrum",
        "Efter | eller > står teksten på de næste linjer. Den slutter ved den første linje, der ikke er rykket ind.",
    ),
    "DG145": Entry(
        "der kan ikke stå tekst efter {tegn} på samme linje",
        "begynd teksten på næste linje, rykket ind, eller sæt anførselstegn om hele teksten: {forslag}",
    ),
    "DG146": Entry(
        "{tegn} kan ikke stå i en tekst med dobbelte anførselstegn",
        "skriv \\\\ i stedet for \\, eller brug enkelte anførselstegn om teksten",
    ),
    "DG147": Entry(
        "parentesen {tegn} bliver ikke lukket",
        "skriv {slut} efter det sidste, eller sæt anførselstegn om hele teksten",
    ),
    "DG148": Entry(
        '"<<" kan ikke bruges som navn på et felt',
        "skriv her de felter, der skulle hentes ind",
        "Nogle YAML-filer fletter felter ind fra et andet sted med <<. Det gør docgen ikke, for så kan man ikke se, "
        "hvor en værdi kommer fra.",
    ),
    "DG149": Entry(
        "filen har flere dele; en linje med --- eller ... skiller dem", "del den i flere filer, eller slet linjen"
    ),
    "DG150": Entry(
        "et felts navn skal være en tekst, ikke en liste eller en gruppe",
        "skriv navnet uden parenteser, eller sæt anførselstegn om det",
    ),
    "DG151": Entry("der mangler et navn foran kolon", "skriv feltets navn foran kolon"),
    "DG152": Entry(
        "her stemmer kommaer og parenteser ikke",
        "sæt komma mellem punkterne, luk med den samme slags parentes, og sæt anførselstegn om tekster med kolon, "
        "komma eller #",
    ),
    "DG153": Entry("henvisningen *{navn} står inde i det, den henviser til", "skriv selve teksten her"),
    "DG154": Entry(
        "henvisningerne med * gør indholdet alt for stort", "skriv selve teksterne, eller brug færre henvisninger"
    ),
    "DG155": Entry("en tekst med {{{{ }}}} eller {{% %}} skal have anførselstegn", _QUOTES),
    "DG156": Entry(
        "linjen hører ikke til noget, for teksten ovenfor slutter ved #",
        "sæt anførselstegn om hele teksten, eller slet det, der begynder med #",
    ),
    "DG157": Entry(
        "kommaet deler teksten i to, for inde i {{ }} skiller komma felterne",
        "hører det sammen, så sæt anførselstegn om: {forslag}; er det et felt, så skriv navn, kolon, mellemrum og "
        "tekst",
        "Inde i { } og [ ] skiller komma det ene fra det andet. En tekst eller et tal med komma skal derfor have "
        "anførselstegn der.",
    ),
    "DG158": Entry(
        "{tegn} er kun det halve af en kode for et tegn",
        "skriv selve tegnet i stedet for koden",
        "Nogle programmer skriver et tegn som fx en emoji med to koder. YAML kender kun hele tegn.",
    ),
    "DG160": Entry(
        "fra # og frem læses linjen som en kommentar, så teksten kommer ikke med: {tekst}",
        "hører det med, så sæt anførselstegn om hele teksten: {forslag}; er det en kommentar, så sæt et mellemrum "
        "efter #",
    ),
    "DG161": Entry(
        'der er ikke noget mellemrum efter "{navn}:", så linjen læses som almindelig tekst',
        "er det et felt, så sæt et mellemrum efter kolon; er det en tekst, så sæt anførselstegn om den",
    ),
    "DG162": Entry(
        "der er ikke noget mellemrum efter bindestregen, så linjen læses som almindelig tekst",
        "er det et punkt i en liste, så sæt et mellemrum efter bindestregen; er det en tekst, så sæt anførselstegn om "
        "den",
    ),
    "DG163": Entry(
        "linjen læses som en del af teksten ovenfor, ikke som et punkt i en liste",
        "er det en liste, så lad bindestregerne stå lige under hinanden, og slet teksten efter kolon ovenfor",
    ),
    "DG164": Entry("{tekst} læses som et mærke og kommer ikke med i teksten", _QUOTES),
    "DG165": Entry(
        "en liste kan ikke begynde på samme linje som feltets navn",
        "skriv hvert punkt på sin egen linje under navnet; er det en tekst, så sæt anførselstegn om: {forslag}",
    ),
}

_JSON = {
    "DG170": Entry(
        "linjen kan ikke læses som JSON",
        "se efter manglende komma, kolon, anførselstegn og parenteser her og i linjen ovenfor",
    ),
    "DG171": Entry("der mangler et komma", "sæt et komma efter den værdi, der står før denne"),
    "DG172": Entry("der er et komma for meget", "slet kommaet efter den sidste værdi"),
    "DG173": Entry("et felts navn skal stå i dobbelte anførselstegn", _WRITE),
    "DG174": Entry(
        "teksten bliver ikke lukket med et anførselstegn på samme linje",
        'sæt et anførselstegn (") efter teksten; et linjeskift inde i teksten skrives \\n',
    ),
    "DG175": Entry("teksten skal stå i anførselstegn: {tekst}", _WRITE),
    "DG176": Entry("der mangler et kolon efter feltets navn", 'skriv "navn": og så værdien'),
    "DG177": Entry("{tegn} kan ikke stå i en tekst", "skriv \\\\ i stedet for \\"),
    "DG178": Entry("der står mere efter slutningen", "slet det, eller flyt den afsluttende parentes"),
    "DG179": Entry("parentesen {tegn} bliver ikke lukket", "skriv {slut} efter det sidste"),
    "DG180": Entry("der kan ikke stå kommentarer i JSON", "slet kommentaren, eller skriv filen som YAML"),
    "DG181": Entry(
        "{tegn} kan ikke bruges som anførselstegn i JSON", 'brug lige, dobbelte anførselstegn (") om teksten'
    ),
    "DG182": Entry("her mangler en værdi", "skriv en tekst i anførselstegn, et tal, true, false eller null"),
    "DG183": Entry("der er en tabulator i teksten", "skriv mellemrum i stedet"),
    "DG184": Entry("parentesen {tegn} lukkes af en anden slags parentes", "luk den med {slut}"),
    "DG185": Entry("{tekst} kan ikke læses som værdi", _WRITE),
    "DG186": Entry("et tal kan ikke begynde med 0", "skriv det som en tekst, så nullet bliver stående: {forslag}"),
    "DG187": Entry(
        "teksten er lukket, men der står mere på linjen",
        'skriv \\" for et anførselstegn inde i en tekst, eller sæt et komma mellem to værdier',
    ),
    "DG189": Entry(
        "filen er ikke JSON: en JSON-fil begynder med {{ eller [", "er den skrevet som YAML, så giv den endelsen .yaml"
    ),
}
_TOML = {
    "DG190": Entry(
        "linjen kan ikke læses som TOML",
        "se efter manglende lighedstegn, anførselstegn og parenteser; en gruppe i {{ }} skal stå på én linje",
    ),
    "DG191": Entry(
        "et navn med æ, ø, å eller andre særlige tegn skal stå i anførselstegn",
        _WRITE,
        "I TOML må et navn uden anførselstegn kun have bogstaverne a-z, tal, bindestreg og understreg.",
    ),
    "DG192": Entry("efter et felts navn skal der stå et lighedstegn, ikke et kolon", "skriv {navn} = og så værdien"),
    "DG193": Entry("der mangler et lighedstegn efter feltets navn", "skriv navn, lighedstegn og værdi"),
    "DG194": Entry(
        "der står mere på linjen efter værdien",
        "skriv hvert felt på sin egen linje, og sæt anførselstegn om hele teksten",
    ),
    "DG195": Entry(
        "gruppens overskrift er ikke skrevet rigtigt", "skriv [navn] for en gruppe og [[navn]] for et punkt i en liste"
    ),
    "DG196": Entry("der mangler et navn", "skriv feltets navn foran lighedstegnet"),
    "DG197": Entry("der mangler en værdi efter lighedstegnet", 'slet linjen, eller skriv en tom tekst: ""'),
}

ENTRIES: dict[str, Entry] = _FILES | _ANY_FORMAT | _YAML | _JSON | _TOML
