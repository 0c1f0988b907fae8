"""Fields of an input: codes DG2xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {
    "DG200": Entry(
        '"{felt}" er ikke et felt i {hvor}',
        "{forslag}",
        "Navnet før kolonet skal være et af felterne i dokumenttypen. docgen retter ikke stavefejl, for "
        "så kunne en oplysning havne et forkert sted.",
    ),
    "DG201": Entry('"{felt}" mangler{etiket}', "skriv fx {felt}: {eksempel}", form_hint="skriv fx {eksempel}"),
    "DG202": Entry('"{felt}" mangler{etiket}', "tilføj feltet {felt}", form_hint="udfyld det"),
    "DG203": Entry('"{felt}" er ikke {form}: "{tekst}"', "skriv fx {eksempel}"),
    "DG204": Entry(
        '"{felt}" er ikke en dato: "{tekst}"',
        "skriv datoen som 2026-01-31 eller 31. januar 2026",
        "En dato kan skrives på mange danske måder, men den skal findes i kalenderen, og årstallet skal "
        "have fire cifre.",
        form_hint="skriv datoen som 31-01-2026 eller 31. januar 2026 "
        "(står der et tal i Excel: giv cellen et datoformat)",
    ),
    "DG205": Entry('"{felt}" er ikke en dato: "{tekst}"', "{måned} {år} har {antal} dage"),
    "DG206": Entry(
        '"{felt}" har et årstal med to cifre: "{tekst}"',
        "skriv årstallet med fire cifre, fx 31. januar 2026",
    ),
    "DG207": Entry('"{felt}" skal være tekst, men her står værdien {tekst}', 'sæt anførselstegn om: "{tekst}"'),
    "DG208": Entry('"{felt}" er ikke et årstal: "{tekst}"', "skriv årstallet med fire cifre, fx 2026"),
    "DG209": Entry('"{felt}" skal være {form}, men her står "{tekst}"', "skriv fx {eksempel}"),
    "DG210": Entry('"{felt}" er ikke en måned: "{tekst}"', "skriv måneden som maj 2026 eller 2026-05"),
    "DG211": Entry(
        '"{felt}" er ikke en periode: "{tekst}"',
        "skriv fx 2025-2028, maj 2025-2028, fra juni 2018 eller 3.-4. september 2026",
    ),
    "DG212": Entry('"{felt}" slutter, før den begynder: "{tekst}"', "skriv begyndelsen først"),
    "DG213": Entry('"{felt}" er ikke et tal: "{tekst}"', "skriv tallet med dansk komma, fx 1250 eller 12,5{minus}"),
    "DG214": Entry('"{felt}" skal være et helt tal: "{tekst}"', "skriv tallet uden decimaler"),
    "DG215": Entry(
        '"{felt}" har for mange decimaler: "{tekst}"',
        "antal decimaler må højst være {antal}",
        form_hint="antal decimaler må højst være {antal}; i Excel kan formlen AFRUND runde tallet af",
    ),
    "DG216": Entry(
        '"{felt}" er ikke et beløb: "{tekst}"',
        "skriv beløbet som 1,4 mio. kr. eller 125.000,50{minus}",
        "Beløb er i kroner, med punktum mellem tusinder og komma foran ørerne. Et beløb, der kan læses "
        "på to måder, bliver afvist.",
    ),
    "DG217": Entry('"{felt}" er ikke en procentsats: "{tekst}"', "skriv fx 12,5 pct. eller 75{minus}"),
    "DG218": Entry('"{felt}" skal være ja eller nej, men her står "{tekst}"', "skriv ja eller nej"),
    "DG219": Entry('"{felt}" kan ikke være "{tekst}"', "{forslag}"),
    "DG220": Entry(
        '"{felt}" har en ugedag, der ikke passer: "{tekst}"',
        "dagen er en {ugedag}; ret datoen, eller slet ugedagen",
    ),
    "DG221": Entry('"{felt}" er en dato med klokkeslæt: "{tekst}"', "skriv kun datoen"),
    "DG222": Entry('"{felt}" er ikke et klokkeslæt: "{tekst}"', "skriv timer og minutter, fx 9.00 eller 16.30"),
    "DG223": Entry('"{felt}" er ikke et tidsrum: "{tekst}"', "skriv fx 9.00-12.00"),
    "DG224": Entry('"{felt}" slutter, før det begynder: "{tekst}"', "skriv begyndelsen først"),
    "DG225": Entry('"{felt}" er ikke en dansk kommune: "{tekst}"', "{forslag}"),
    "DG226": Entry('"{felt}" er ikke en dansk region: "{tekst}"', "{forslag}"),
    "DG227": Entry(
        "{region} findes ikke efter den {dato}",
        "skriv den region, der har overtaget opgaven",
        "Region Hovedstaden og Region Sjælland bliver til Region Østdanmark den 1. januar 2027.",
    ),
    "DG228": Entry("{region} findes først fra den {dato}"),
    "DG229": Entry(
        'der er ingen kommune eller region, der hedder "{tekst}"',
        "{forslag}",
        "docgen kender alle kommuner og regioner og siger til, når et navn ligner dem, men ikke er et af"
        " dem. Teksten bruges, som den står.",
    ),
    "DG231": Entry('"{felt}" er ikke et KLE-nummer: "{tekst}"', "skriv fx 00.22.04 eller 00.22.04 P35"),
    "DG232": Entry('"{felt}" er ikke en e-mailadresse: "{tekst}"', "skriv kun selve adressen, fx navn@kommune.dk"),
    "DG233": Entry('"{felt}" er ikke et telefonnummer: "{tekst}"', "skriv otte cifre, eller + og landekode"),
    "DG234": Entry('"{felt}" er ikke en webadresse: "{tekst}"', "skriv hele adressen, fx https://www.kommune.dk"),
    "DG235": Entry('"{felt}" er ikke et CVR-nummer: "{tekst}"', "skriv de otte cifre"),
    "DG236": Entry('"{felt}" er {tekst}, men skal mindst være {grænse}'),
    "DG237": Entry('"{felt}" er {tekst}, men må højst være {grænse}'),
    "DG238": Entry(
        '"{felt}" er ikke et gyldigt CVR-nummer: "{tekst}"',
        "et af cifrene er forkert; slå nummeret op på cvr.dk",
        "Det sidste ciffer i et CVR-nummer er regnet ud af de andre. Her passer det ikke, så mindst ét ciffer er "
        "tastet forkert.",
    ),
    "DG239": Entry('"{felt}" er ikke et GLN-nummer (EAN): "{tekst}"', "skriv de 13 cifre"),
    "DG240": Entry(
        '"{felt}" er ikke et gyldigt GLN-nummer (EAN): "{tekst}"',
        "et af cifrene er forkert; tjek nummeret",
    ),
    "DG241": Entry(
        '"{felt}" er en liste, men her står kun "{tekst}"',
        "skriv hvert element på sin egen linje med en bindestreg foran: - {tekst} "
        "(i JSON og TOML: sæt kantede parenteser om elementerne)",
        form_hint="skriv hvert element på sin egen linje",
    ),
    "DG242": Entry(
        '"{felt}" er en liste, men her står felter uden bindestreg foran',
        "sæt bindestreg og mellemrum foran det første felt i hvert element, og ryk de andre felter ind under det "
        "(i JSON og TOML: sæt kantede parenteser om elementerne)",
        form_hint="skriv hvert element for sig",
    ),
    "DG243": Entry(
        '"{felt}" har flere felter, men her står kun en tekst',
        'skriv gruppens felter under "{felt}", hvert på sin linje og rykket ind; det første er {første}',
        form_hint="udfyld felterne hver for sig; det første er {første}",
    ),
    "DG244": Entry(
        '"{felt}" kan kun have én værdi, men her står en liste',
        "skriv kun én værdi, uden bindestreg og kantede parenteser",
        form_hint="skriv kun én værdi",
    ),
    "DG245": Entry('"{felt}" kan kun have én værdi, men her står flere felter', "skriv kun værdien"),
    "DG246": Entry(
        '"{felt}" er en gruppe af felter, men her står en liste',
        'skriv gruppens felter under "{felt}", ét felt på hver linje uden bindestreg: {felter}',
        form_hint="udfyld felterne hver for sig: {felter}",
    ),
    "DG247": Entry('der er {antal} i "{felt}", men der skal være mindst {grænse}'),
    "DG248": Entry('der er {antal} i "{felt}", men der må højst være {grænse}'),
    "DG249": Entry('"{felt}" skal ikke udfyldes her', "slet det; {felter} afgør, om feltet skal bruges"),
    "DG250": Entry('"{felt}" beregnes af docgen', "slet linjen", form_hint="slet det, der står her"),
    "DG251": Entry(
        'to elementer har samme {felt}: "{tekst}"',
        "giv det ene en anden værdi; det første er {sti}",
        form_hint="giv det ene en anden værdi; det første er her: {sted}",
    ),
    "DG252": Entry('"{felt}" henviser til "{tekst}", som ikke findes i {liste}', "{forslag}"),
    "DG253": Entry('"{tekst}" og "{andet}" er det samme felt', "slet den ene linje", form_hint="slet den ene"),
    "DG254": Entry(
        "her står noget, der ligner et CPR-nummer",
        "slet det; et CPR-nummer hører ikke hjemme i et dokument, der kan blive offentligt",
        "Seks cifre, der kan være en fødselsdato, fulgt af fire cifre kan være et CPR-nummer. docgen viser det aldrig "
        "i beskeder.",
    ),
    "DG255": Entry(
        "filen skal bestå af felter: navn, kolon og værdi",
        "lav en fil, der er klar til at udfylde, med kommandoen docgen ny",
    ),
    "DG256": Entry(
        "filen har ingen felter ({type})", "lav en fil, der er klar til at udfylde, med kommandoen docgen ny"
    ),
    "DG258": Entry("{felter} mangler", "udfyld mindst ét af felterne"),
    "DG259": Entry(
        '"{felt}" er læst som {læst}, men på dansk betyder {tekst} det samme som {helt}',
        'skriv {helt}, hvis det er det, du mener, og ellers "{komma}" i anførselstegn',
        "Et punktum er decimaltegn i JSON og TOML, men står mellem tusinder på dansk. Tallet er læst efter filens "
        "egne regler, og docgen siger til, når det samme ville være et andet tal i YAML.",
    ),
    "DG260": Entry(
        "filen ligner ikke {type}, men {anden}",
        "vælg dokumenttypen {navn}",
        "De fleste af filens felter findes ikke i den valgte dokumenttype, men de findes i en anden.",
    ),
    "DG257": Entry('"{felt}" mangler et årstal: "{tekst}"', "skriv også årstallet, fx 31. januar 2026"),
    "DG261": Entry(
        'element {nummer} i "{felt}" er tomt',
        "udfyld det, eller slet bindestregen (i JSON og TOML: slet den tomme værdi)",
        form_hint="udfyld det, eller slet det",
    ),
    "DG262": Entry(
        '"{felt}" kan læses på to måder: "{tekst}"',
        "skriv {som_felt} eller {som_tekst}; en hel sætning kan stå alene",
        "En tekst alene i en gruppe af felter fylder ét bestemt felt. Her er teksten et af ordene i et valg, eller et "
        "tal, og så er det sandsynligvis et andet af gruppens felter, der er ment.",
    ),
    "DG263": Entry(
        '"{felt}" er ikke stien til en fil ved siden af inputtet: "{tekst}"',
        "skriv stien fra mappen med inputtet, fx {eksempel}; den må højst gå to mapper op",
        "En sti fra et drev, et netværk eller ens egen mappe virker ikke hos andre. Derfor regnes stien altid fra den "
        "mappe, inputtet ligger i.",
        form_hint="skriv stien fra mappen med denne fil, fx {eksempel}; den må højst gå to mapper op",
    ),
    "DG264": Entry(
        'filen i "{felt}" findes ikke: {tekst}',
        "ret stien; den regnes fra mappen med inputtet",
        form_hint="ret stien; den regnes fra mappen med denne fil",
    ),
    "DG265": Entry(
        'filen i "{felt}" har {antal} fejl: {tekst}',
        "ret filen først; kommandoen docgen tjek {fil} viser, hvad der er galt",
    ),
    "DG266": Entry(
        'docgen kan ikke se, hvilken dokumenttype filen i "{felt}" er: {tekst}',
        "læg filen i en mappe med dokumenttypens navn",
    ),
    "DG267": Entry('{type} har intet uddrag, der hedder "{navn}" (felt: {felt})', "{forslag}"),
    "DG268": Entry("filerne henter fra hinanden i ring: {kæde}", 'slet "{felt}" i en af filerne'),
    "DG269": Entry(
        "for mange filer henter fra hinanden: {kæde}",
        'lad "{felt}" vise direkte til den fil, der har oplysningerne; der må højst være {grænse} filer i træk',
    ),
    "DG270": Entry(
        'filen i "{felt}" kan ikke findes, når inputtet ikke selv er en fil', "gem inputtet i en fil, og brug den"
    ),
    "DG271": Entry(
        'uddraget fra {tekst} har "{felt}", som ikke findes i {hvor} og derfor ikke kom med',
        "skriv oplysningen i et andet felt, eller ret dokumenttypens uddrag",
    ),
}
