"""Many documents in one run: codes DG8xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {
    "DG800": Entry(
        message="{fil} har ingen rækker at lave dokumenter af",
        hint="skriv overskrifter i én række og ét dokument i hver række under den",
    ),
    "DG801": Entry(
        message="ingen overskrift i arket {ark} er et felt i {type}",
        hint='skriv felternes navne i én række, fx "{felt}"; docgen flet {navn} --tom -o FIL.xlsx laver et tomt ark',
    ),
    "DG802": Entry(
        message='kolonnerne {kolonner} er begge feltet "{felt}"',
        hint="behold den ene, eller giv den anden en overskrift, der ikke er et felt",
    ),
    "DG803": Entry(
        message='kolonnen "{tekst}" er ikke et felt og kommer ikke med',
        hint="{forslag}",
    ),
    "DG804": Entry(
        message="kolonne {kolonne} har ingen overskrift og kommer ikke med",
        hint="skriv feltets navn øverst i kolonnen",
    ),
    "DG805": Entry(
        message='rækkerne {rækker} har samme nøgle "{nøgle}"',
        hint="giv hver række sin egen nøgle, så docgen ved, hvor rækkerne på de andre ark hører til",
    ),
    "DG806": Entry(
        message='rækken har nøglen "{nøgle}", som ingen række i arket {ark} har, og kommer ikke med',
        hint="{forslag}",
    ),
    "DG807": Entry(
        message="rækken har ingen nøgle og kommer ikke med",
        hint="skriv den nøgle, som rækken i arket {ark} har",
    ),
    "DG808": Entry(
        message="arket {ark} er ikke en liste i {type} og kommer ikke med",
        hint="giv arket listens navn: {lister}",
    ),
    "DG809": Entry(
        message='"{felt}" står både som kolonne og som ark',
        hint="behold kun det ene sted",
    ),
    "DG812": Entry(
        message="cellerne {område} er flettet, så docgen ikke kan se, hvilken række værdien hører til",
        hint="ophæv fletningen, og skriv værdien i hver række",
    ),
    "DG813": Entry(
        message="arket {ark} har skjulte rækker, som også bliver til dokumenter: {rækker}",
        hint="vis rækkerne, og slet dem, hvis de ikke skal med",
    ),
    "DG814": Entry(
        message="{fil} er ikke en liste af input",
        hint="sæt en bindestreg foran hvert input, eller lav dokumentet med: docgen {navn} {fil}",
    ),
    "DG815": Entry(
        message="{fil} kan ikke give fælles værdier",
        hint="skriv en fil med felter og værdier, som i et almindeligt input",
    ),
    "DG816": Entry(
        message="{antal} rækker mere i arket {fra} har ingen nøgle fra arket {ark} og kommer ikke med",
        hint="se efter, om kolonnen med nøgler har samme overskrift og samme værdier på begge ark",
    ),
    "DG817": Entry(
        message='kolonnen "{tekst}" kan være flere felter og kommer ikke med: {felter}',
        hint='skriv hele feltets navn som overskrift, fx "{felt}"',
    ),
    "DG820": Entry(
        message='rækkerne {rækker} giver samme fil: "{fil}"',
        hint='vælg et mønster, der giver hver række sit eget navn, fx --navn "{{{{ nøgle }}}} …"',
    ),
    "DG821": Entry(
        message='"{navn}" i mønsteret til --navn er hverken et felt eller en overskrift i arket',
        hint="{forslag}",
    ),
    "DG822": Entry(
        message="mønsteret til --navn kan ikke læses: {grund}",
        hint='skriv felter eller overskrifter mellem {{{{ og }}}}, fx --navn "{{{{ nøgle }}}} {{{{ navn }}}}"',
    ),
    "DG823": Entry(
        message="{fil} findes allerede og er ikke lavet af denne række",
        hint="flyt eller omdøb filen, eller brug --overskriv",
    ),
    "DG824": Entry(
        message="{fil} findes allerede og ville blive anderledes nu",
        hint="brug --kun-ændrede for at lave det, der er ændret, igen",
    ),
    "DG825": Entry(
        message="{fil} er rettet, siden docgen lavede den, og rækken er også ændret",
        hint="flyt filen, hvis rettelserne skal gemmes, eller brug --overskriv",
    ),
    "DG826": Entry(
        message="{fil} er rettet, siden docgen lavede den, og er ikke rørt",
        hint="brug --overskriv, hvis dokumentet skal laves igen uden rettelserne",
    ),
    "DG827": Entry(
        message="dokumentet blev ikke lavet, fordi en arbejdsproces standsede",
        hint="kør kommandoen igen: det, der er lavet, bliver ikke lavet om",
    ),
    "DG828": Entry(
        message="{filer} i mappen hører ikke længere til nogen række",
        hint="slet filen, hvis den ikke skal bruges",
    ),
    "DG829": Entry(
        message="{antal} dokumenter i mappen hører ikke længere til nogen række: {filer}",
        hint="slet dem, hvis de ikke skal bruges",
    ),
    "DG830": Entry(
        message="{navn} skal være et helt tal, mindst 1",
        hint="skriv fx --processer 2, eller udelad tilvalget",
    ),
    "DG831": Entry(
        message="{fil} er ikke en mappe",
        hint="skriv en mappe til dokumenterne efter -o",
    ),
    "DG832": Entry(
        message='række {række} giver filen "{fil}", som er navnet på oversigten',
        hint="vælg et andet mønster med --navn",
    ),
    "DG833": Entry(
        message="{fil} er ikke ét skema: her begynder en liste med en række for hvert dokument",
        hint='lav dokumenterne med: docgen flet {navn} "{fil}" (med --tjek finder den kun fejl og skriver intet)',
    ),
    "DG834": Entry(
        message="dokumentet blev ikke lavet, fordi opgaven gik tabt undervejs: {grund}",
        hint="kør igen; sker det hver gang, så se efter, om docgen er installeret i samme version, hvor arbejdet gøres",
    ),
}
