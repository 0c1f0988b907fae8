"""Word and Jinja templates: codes DG4xx."""

from __future__ import annotations

from docgen.catalog import Entry

_SAVE_AS = "åbn filen i Word, vælg Gem som, og gem den som Word-dokument (.docx)"

ENTRIES: dict[str, Entry] = {
    # --- the file itself
    "DG401": Entry(message="filen findes ikke", hint="se efter, om navnet og mappen er skrevet rigtigt"),
    "DG402": Entry(
        message="filen kan ikke læses",
        hint="luk den i andre programmer, og se efter, om du har adgang til mappen",
    ),
    "DG403": Entry(message="filen er ikke et Word-dokument (.docx)", hint=_SAVE_AS),
    "DG404": Entry(message="filen er i Words gamle format (.doc)", hint=_SAVE_AS),
    "DG405": Entry(
        message="filen er beskyttet med adgangskode",
        hint="åbn filen i Word eller Excel, og fjern adgangskoden under Filer > Oplysninger",
    ),
    "DG406": Entry(
        message='filen er beskadiget: "{navn}" kan ikke pakkes ud',
        hint="åbn filen i Word eller Excel, lad programmet reparere den, og gem den igen",
    ),
    "DG407": Entry(
        message="filen indeholder makroer",
        hint="gem den som Word-dokument (.docx) eller Excel-projektmappe (.xlsx); så følger makroerne ikke med",
        explanation="Makroer er små programmer. docgen bruger dem ikke og giver dem ikke videre.",
    ),
    "DG408": Entry(
        message='filen indeholder en del med et ulovligt navn: "{navn}"',
        hint="filen er ikke lavet af Word eller Excel; få en ny fra den, der har lavet den",
        explanation="Delens navn peger ud af filen. Sådan ser en fil ud, der er lavet for at gøre skade.",
    ),
    "DG409": Entry(
        message='filen indeholder to dele med samme navn: "{navn}"',
        hint="åbn filen i Word eller Excel, og gem den igen",
    ),
    "DG410": Entry(
        message='"{navn}" fylder mere, end docgen vil pakke ud',
        hint="gør billederne i filen mindre (Billedformat > Komprimer billeder), slet det, der ikke skal bruges, "
        "eller del filen",
        explanation="Når en Word-fil er pakket ud, må den fylde 50 MB i alt og 20 MB for hver del; et regneark må "
        "fylde 300 MB og 200 MB.",
    ),
    "DG411": Entry(
        message='"{navn}" i filen har en DOCTYPE',
        hint="åbn filen i Word eller Excel, og gem den igen; de skriver aldrig en DOCTYPE",
        explanation="Med en DOCTYPE kan en fil hente andre filer eller vokse uden ende. Derfor afvises den.",
    ),
    "DG412": Entry(
        message="filen har {antal} dele; docgen læser højst {mest}",
        hint="åbn filen i Word eller Excel, og gem den igen",
    ),
    "DG413": Entry(message="filen er gemt som Strict Open XML", hint=_SAVE_AS),
    "DG414": Entry(
        message='"{navn}" i filen er ikke gyldig XML (linje {linje})',
        hint="åbn filen i Word, lad Word reparere den, og gem den igen",
    ),
    "DG415": Entry(
        message='"{navn}" i filen bruger delen "{mangler}", som ikke findes',
        hint="åbn filen i Word, lad Word reparere den, og gem den igen",
        explanation="En Word-fil består af mange dele, fx sidehoveder, typografier og billeder. Her mangler en af dem, "
        "og så ville dokumentet ikke kunne åbnes.",
    ),
    "DG416": Entry(
        message='filen indeholder et ActiveX-objekt: "{navn}"',
        hint="slet objektet i Word (knap, felt eller liste), eller brug et indholdskontrolelement i stedet",
        explanation="ActiveX-objekter er små programmer. docgen giver dem ikke videre.",
    ),
    "DG417": Entry(
        message='filen indeholder en indlejret fil: "{navn}"',
        hint="slet det indlejrede objekt i Word, eller indsæt det som billede (Indsæt speciel > Billede)",
        explanation="En indlejret fil (OLE) kan være hvad som helst, også et program. docgen giver den ikke videre. "
        "Regnearket bag et diagram er tilladt, når det er gemt som .xlsx.",
    ),
    "DG418": Entry(
        message='filen henter noget udefra ({slags}): "{adresse}"',
        hint="læg det i filen selv: indsæt billedet uden link, og vælg Normal under Udvikler > Dokumentskabelon",
        explanation="Det, der hentes udefra, kan skiftes ud uden at nogen ser det, og det fortæller, hvem der åbner "
        "dokumentet. Kun link til http, https og mailto er tilladt.",
    ),
    "DG419": Entry(
        message='filen indeholder et indsat dokument (altChunk): "{navn}"',
        hint="åbn filen i Word, og gem den igen; så bliver det indsatte til almindelig tekst",
    ),
    "DG423": Entry(
        message="feltet {felt} er ikke tilladt",
        hint="slet feltet i Word (Alt+F9 viser felterne), eller erstat det med dets tekst (Ctrl+Shift+F9)",
        explanation="Feltet kan starte et program eller hente noget uden for filen, når dokumentet åbnes.",
    ),
    "DG424": Entry(
        message='et link i filen peger på "{adresse}"',
        hint="lad linket pege på en adresse, der begynder med https://, http:// eller mailto:, eller fjern det",
        explanation="Link til filer, drev og programmer virker ikke hos modtageren og kan gøre skade.",
    ),
    # --- the tags, one by one
    "DG420": Entry(
        message="koden mangler sin slutning {slut}",
        hint="skriv {slut}, hvor koden slutter; hele koden skal stå i samme afsnit",
    ),
    "DG421": Entry(message="{kode} mangler {{% endraw %}}", hint="skriv {{% endraw %}}, hvor koderne igen skal gælde"),
    "DG422": Entry(
        message="koden {kode} kan ikke forstås",
        hint="ret koden: {grund}",
        explanation="Koden mellem de krøllede parenteser er skrevet forkert. Ofte mangler der et anførselstegn, en "
        "parentes eller et ord.",
    ),
    "DG425": Entry(
        message="koden {kode} er tom", hint="skriv navnet på et felt mellem de krøllede parenteser, eller slet koden"
    ),
    "DG426": Entry(
        message='ordet "{ord}" er ikke en kode',
        hint="koder begynder med if, elif, else, endif, for, endfor, set, macro eller with",
    ),
    "DG427": Entry(message='ordet "{ord}" er ikke en kode', hint='mente du "{forslag}"?'),
    "DG428": Entry(
        message="{kode} og {slut} har ikke de samme bogstaver efter parentesen",
        hint="docgen udfylder dem, som de er ment; skriv de samme bogstaver begge steder, hvis docxtpl også skal kunne",
        explanation="Bogstaverne er p, tr, tc og r. docxtpl er et andet program, der udfylder Word-skabeloner; det "
        "fjerner kun afsnittet eller rækken der, hvor bogstaverne står.",
    ),
    "DG429": Entry(
        message="docxtpl udfylder ikke {kode} rigtigt",
        hint="docgen udfylder den, som den er ment; sæt den alene i sit eget afsnit eller sin egen række, hvis docxtpl "
        "også skal kunne",
        explanation="docxtpl er et andet program, der udfylder Word-skabeloner. En kode med p, tr eller tc efter "
        "parentesen erstatter dér hele afsnittet, rækken eller cellen, og den må hverken indeholde % eller }.",
    ),
    # --- blocks
    "DG430": Entry(message="{kode} bliver aldrig afsluttet", hint="skriv {{% {slut} %}}, hvor det skal slutte"),
    "DG431": Entry(
        message="{kode} afslutter noget, der ikke er begyndt",
        hint="slet koden, eller skriv {{% {begyndelse} … %}} før den",
    ),
    "DG432": Entry(message="{kode} er ikke afsluttet, før {foran} kommer", hint="skriv {{% {slut} %}} før {foran}"),
    "DG433": Entry(message="{kode} står uden for {{% if %}}", hint="skriv {{% if … %}} før koden, eller slet den"),
    "DG434": Entry(
        message="{kode} og {slut} står i hver sin celle eller tabel",
        hint="sæt dem i samme celle; skal hele rækker med, så giv hver kode sin egen række, eller skriv {{%tr",
        explanation="Det, der står mellem de to koder, kan gentages eller udelades. Det går kun, når begge står i "
        "samme celle, når hver står alene i sin egen række, eller når den ene står allerførst og den anden allersidst "
        "i samme række. Med {%tr gælder koden hele rækken, med {%tc hele cellen.",
    ),
    "DG435": Entry(
        message="{kode} og {slut} står ikke på samme niveau",
        hint="sæt dem i hver sit afsnit for sig selv, eller begge i samme afsnit",
        explanation="Den ene kode står fx i et link, en tekstboks eller et felt, den anden uden for.",
    ),
    "DG436": Entry(
        message="{kode} står midt i anden tekst",
        hint="sæt koden for sig selv, eller fjern {bogstaver} lige efter de krøllede parenteser",
        explanation="Bogstaverne p, tr og tc lige efter de krøllede parenteser betyder, at koden gælder hele "
        "afsnittet, rækken eller cellen. Så kan der ikke stå tekst på begge sider af den.",
    ),
    "DG437": Entry(
        message="{kode} står ikke i en tabel",
        hint="fjern {bogstaver} lige efter de krøllede parenteser, eller flyt koden ind i tabellen",
    ),
    "DG438": Entry(message="{kode} kommer efter {{% else %}}", hint="{{% else %}} skal stå sidst før {{% endif %}}"),
    "DG439": Entry(
        message="i linkets adresse kan der kun stå felter: {kode}",
        hint="brug {{{{ felt }}}} i adressen, og sæt {{% if %}} uden om linket",
    ),
    # --- names of filters and the like
    "DG440": Entry(message='filteret "{navn}" findes ikke', hint="se listen over filtre i vejledningen docs/typer.md"),
    "DG441": Entry(message='filteret "{navn}" findes ikke', hint='mente du "{forslag}"?'),
    "DG442": Entry(
        message='testen "{navn}" findes ikke',
        hint="skriv {{% if felt %}} for at se, om et felt er udfyldt; efter is kan der stå none, even, odd …",
    ),
    "DG443": Entry(message='testen "{navn}" findes ikke', hint='mente du "{forslag}"?'),
    "DG444": Entry(
        message="{kode} kan ikke bruges i en Word-skabelon",
        hint="skriv det med {{{{ felt }}}}, {{% if %}} og {{% for %}}",
    ),
    "DG445": Entry(
        message="{kode} går over flere afsnit, og de bliver til ét",
        hint="sæt hele koden i ét afsnit (slet afsnitsmærket midt i den)",
    ),
    "DG446": Entry(
        message="{kode} står inden i for mange andre koder",
        hint="højst {mest} {{% if %}} og {{% for %}} må stå inden i hinanden",
    ),
    "DG447": Entry(message="{kode} står ikke i en tabel", hint="flyt koden ind i den celle, som den gælder"),
    "DG448": Entry(
        message="{kode} står ikke i en løkke",
        hint="koden slår de celler sammen, som {{% for %}} gentager; sæt cellen mellem {{% for %}} og {{% endfor %}}",
    ),
    "DG449": Entry(
        message="cellen har allerede en kode som {kode}",
        hint="skriv ét udtryk med begge muligheder, for eksempel {{{{ a if b else c }}}}, og fjern den anden kode",
    ),
    # --- rendering
    "DG450": Entry(
        message='"{navn}" findes ikke',
        hint="se efter, om feltet er stavet rigtigt",
        explanation="Skabelonen bruger et navn, som hverken er et felt i inputtet eller sat i skabelonen selv. Et "
        "felt, der findes, men er tomt, giver ingen fejl.",
    ),
    "DG451": Entry(message='"{navn}" findes ikke', hint='mente du "{forslag}"?'),
    "DG452": Entry(
        message="værdierne passer ikke til {kode}",
        hint="{grund}; se efter, om et felt er tomt eller af en anden slags",
    ),
    "DG453": Entry(message="{kode} kan ikke skrives: {grund}", hint="ret værdien i inputtet eller koden i skabelonen"),
    "DG454": Entry(message="{kode} dividerer med nul", hint="sæt {{% if %}} om beregningen"),
    "DG455": Entry(
        message="teksten i {kode} indeholder et tegn, som Word ikke kan vise ({tegn})",
        hint="slet tegnet i inputtet; det er usynligt og kommer ofte med, når tekst kopieres",
    ),
    "DG456": Entry(
        message="{kode} består af hele afsnit og kan ikke stå midt i en sætning",
        hint="sæt {kode} alene i et afsnit",
    ),
    "DG457": Entry(
        message='"{adresse}" er ikke en adresse, som et link må pege på',
        hint="adressen skal begynde med https://, http:// eller mailto:",
    ),
    "DG458": Entry(
        message="{kode} er en gruppe af felter eller en liste af grupper og kan ikke skrives som tekst",
        hint="skriv et af gruppens felter, fx med et punktum og feltets navn; gå en liste igennem med {{% for %}}",
    ),
    "DG459": Entry(
        message="{kode} er ikke tilladt i en skabelon",
        hint="brug felter, filtre og simple beregninger",
        explanation="En skabelon kan ikke kalde programmets egne funktioner eller lave enorme tekster.",
    ),
    # --- numbering and design
    "DG460": Entry(message='skabelonen har ingen nummerering, der hedder "{navn}"', hint="vælg mellem {kendte}"),
    # --- more about rendering
    "DG461": Entry(
        message="{kode} er ikke en værdi, der kan skrives som tekst",
        hint="skriv navnet på et felt; det, som map og select giver, skrives med | og",
        explanation="Koden giver noget, der kun findes inde i programmet, fx en funktion, og ikke en tekst, et tal "
        "eller en dato.",
    ),
    "DG462": Entry(
        message="{kode}: der er intet element nummer {nummer}",
        hint="der er {antal}; det første skrives [0], det næste [1]",
    ),
    "DG463": Entry(
        message="{kode} giver et tal, der er for stort til at blive skrevet",
        hint="se efter, om et tal i inputtet har for mange cifre",
    ),
    # --- what a template asks for
    "DG470": Entry(
        message='skabelonen bruger ikke "{navn}"',
        hint="slet linjen, eller se efter, om navnet er stavet anderledes i skabelonen",
    ),
    "DG471": Entry(
        message='"{navn}" er ikke en liste, men {kode} går den igennem',
        hint="skriv feltet som en liste, eller brug et felt, der er en liste",
    ),
    "DG472": Entry(
        message='filteret "{filter}" skal bruge en liste, og det er "{navn}" ikke',
        hint="skriv feltet som en liste, eller fjern filteret i {kode}",
    ),
    "DG473": Entry(message='skabelonen bruger ikke feltet "{navn}"'),
    "DG474": Entry(
        message='"{navn}" hører til en løkke, men {kode} står uden for den',
        hint="flyt koden ind i løkken, eller brug et andet navn, hvis det er et felt fra inputtet",
        explanation="Det navn, som en løkke giver hvert element, og de navne, der sættes i løkken, findes kun mellem "
        "{% for %} og {% endfor %}.",
    ),
    "DG475": Entry(
        message="data til en skabelon skal være felter med navne, og her står en liste eller en enkelt værdi",
        hint="skriv et navn og et kolon foran, fx punkter:",
    ),
    # --- limits
    "DG476": Entry(
        message="{kode} går for mange gange rundt",
        hint="gå færre elementer igennem, eller del dokumentet i flere",
        explanation="En skabelon må højst tage et par millioner skridt; hver kode i en løkke tæller for hvert element. "
        "Så kan en skabelon fra en fremmed ikke holde maskinen i gang i timevis.",
    ),
    "DG477": Entry(
        message="{kode} giver for meget tekst",
        hint="gør teksterne kortere, eller del dokumentet i flere",
        explanation="Der er en grænse for, hvor lang en tekst en skabelon må lave, og hvor meget et dokument må fylde. "
        "Så kan en skabelon fra en fremmed ikke fylde maskinens hukommelse.",
    ),
    "DG478": Entry(
        message="{kode} kalder sig selv for mange gange",
        hint="se efter, om den makro, som koden bruger, nogensinde holder op med at kalde sig selv",
    ),
    "DG479": Entry(
        message="{kode} står i slettet tekst og bliver ikke udfyldt",
        hint="acceptér eller afvis ændringerne i Word (Gennemse > Acceptér)",
    ),
    # --- design.yaml
    "DG464": Entry(message='"{tekst}" er ikke et antal kolonner', hint="antallet skal være et helt tal"),
    "DG465": Entry(
        message='"{tekst}" er ikke en farve',
        hint="skriv farven som seks cifre og bogstaver fra 0 til F, for eksempel FFD966",
    ),
    "DG466": Entry(
        message='der er ingen typografi, der hedder "{navn}"',
        hint="brug et navn fra listen over typografier i skabelonen",
    ),
    "DG467": Entry(
        message='filen "{sti}" må ikke hentes herfra',
        hint="filer kan kun hentes fra en mappe, som programmet har fået udpeget",
    ),
    "DG468": Entry(
        message='"{sti}" er ikke en sti til en fil i mappen',
        hint="skriv stien fra mappen og ned, uden drev, uden .. og uden skråstreg forrest",
    ),
    "DG469": Entry(
        message='filen "{sti}" findes ikke eller er for stor',
        hint="se efter, om navnet er stavet rigtigt, og om filen ligger i mappen",
    ),
    "DG496": Entry(
        message="{kode} er ikke et billede, som Word kan vise",
        hint="brug en PNG- eller JPEG-fil på højst 20 MB og 8.000 gange 8.000 punkter",
    ),
    "DG498": Entry(
        message="{kode} står, hvor et Word-felts navn skal stå",
        hint="skriv feltets navn i skabelonen, fx HYPERLINK eller DOCPROPERTY, og koden efter det",
        explanation="Data må ikke bestemme, hvilket felt Word skal udføre: nogle felter henter andre filer.",
    ),
    "DG497": Entry(
        message="{navn} kan ikke indsættes: {slags} kan ikke følge med",
        hint="fjern det fra filen, eller skriv det i skabelonen",
    ),
    "DG499": Entry(
        message="{kode} står i en del af filen, som docgen ikke udfylder",
        hint="skriv koden i teksten, hvis den skal udfyldes; byggesten og pladsholderes tekst kan den blive stående i",
    ),
    "DG480": Entry(message='"{navn}" kan ikke stå i en designfil', hint="{forslag}"),
    "DG481": Entry(
        message='"{navn}" skal have flere linjer under sig, hver med et navn, et kolon og en værdi',
        hint="se eksemplet i templates/design/design.yaml",
    ),
    "DG482": Entry(message='"{navn}" skal være en tekst', hint="skriv én tekst efter kolonet"),
    "DG483": Entry(
        message='"{navn}" er ikke en farve: "{tekst}"',
        hint='skriv # og seks tegn (0-9 og A-F) i anførselstegn, fx "#1B3A57"',
        explanation="Uden anførselstegn læses # som begyndelsen på en kommentar, og så er farven tom.",
    ),
    "DG484": Entry(message="logoet {fil} findes ikke", hint="læg filen ved siden af designfilen, og skriv dens navn"),
    "DG485": Entry(
        message="logoet {fil} kan ikke bruges",
        hint="gem det som PNG eller JPEG, højst {mest} gange {mest} billedpunkter",
        explanation="docgen ser på filens indhold, ikke på navnet. Også en fil, der ikke er hel, bliver afvist.",
    ),
    "DG486": Entry(
        message="logoet {fil} fylder for meget",
        hint="gør billedet mindre; det må højst fylde {mest} MB, for det er med i hvert dokument",
    ),
    "DG487": Entry(message='"{navn}" er for lang', hint="skriv højst {mest} tegn"),
    "DG488": Entry(
        message="typografier kan kun vælges i jeres egen Word-fil",
        hint="skriv filens navn: fil: vores.dotx",
    ),
    "DG489": Entry(message='docgen har ingen typografi, der hedder "{navn}"', hint="vælg mellem {kendte}"),
    "DG490": Entry(
        message='{fil} har ingen {slags} med navnet "{navn}"',
        hint="vælg mellem {kendte}",
        explanation="Typografier til afsnit, tegn og tabeller er hver sin slags. En overskrift skal have en "
        "afsnitstypografi og en tabel en tabeltypografi.",
    ),
    "DG491": Entry(message='"{tekst}" kan ikke være logoets højde', hint="skriv højden i cm, fra 0,5 til 4, fx 1,2 cm"),
    "DG492": Entry(message='"{navn}" kan ikke være "{værdi}"', hint="vælg mellem {kendte}"),
    "DG493": Entry(
        message='farven "{navn}" {farve} har kun kontrasten {kontrast} : 1 mod {anden}',
        hint="vælg en mørkere farve til teksten eller en lysere til baggrunden; kontrasten skal være mindst 4,5 : 1",
        explanation="Offentlige dokumenter skal kunne læses af alle. Kravet står i WCAG 2.1, punkt 1.4.3.",
    ),
    "DG494": Entry(message="sidefoden har for mange linjer", hint="skriv højst {mest} linjer"),
    "DG495": Entry(
        message="sidefoden i designfilen kan ikke indeholde koder",
        hint="skriv ren tekst her; koder sættes i sidefoden i Word-filen",
    ),
}
