"""Rules, and the definition of a kind: codes DG3xx."""

from __future__ import annotations

from docgen.catalog import Entry

ENTRIES: dict[str, Entry] = {
    "DG300": Entry(
        "{besked} ({kode})",
        "{hjælp}",
        "Beskeden kommer fra en regel i dokumenttypens regler.yaml. Navnet i parentes er reglens kode; "
        "slå den op for at se kilde og grundlag.",
    ),
    "DG301": Entry(
        "{antal} regler er ikke tjekket, fordi de bruger felter med fejl: {koder}",
        "ret de andre fejl, og tjek igen",
    ),
    "DG302": Entry('"{felt}" beregnes ud fra sig selv', "ret udtrykket, så det kun bruger andre felter"),
    "DG303": Entry('"{felt}" skal være {form}, men udtrykket giver "{tekst}"', "ret udtrykket eller feltets type"),
    "DG304": Entry("udtrykket kan ikke regnes ud: {udtryk}", "ved {sti}: {grund}"),
    "DG305": Entry("teksten kan ikke udfyldes: {tekst}", "{grund}"),
    "DG306": Entry('der er ingen udgave, der hedder "{navn}"', "{forslag}"),
    "DG307": Entry('der er ingen profil, der hedder "{navn}"', "{forslag}"),
    "DG308": Entry(
        "én regel er ikke tjekket, fordi den bruger et felt med fejl: {koder}",
        "ret de andre fejl, og tjek igen",
    ),
    "DG309": Entry(
        'flere dokumenttyper kalder sig "{alias}": {typer}',
        "brug typens eget navn, eller ret alias i en af dem",
    ),
    "DG310": Entry('der er intet afsnit, der hedder "{navn}"', "{forslag}"),
    "DG311": Entry('afsnittet "{navn}" står to gange i {liste}', "slet det ene"),
    "DG312": Entry('der er allerede et afsnit, der hedder "{navn}"', "giv det ekstra afsnit et andet id"),
    "DG313": Entry('der er intet afsnit, der hedder "{navn}", så det ekstra afsnit har ingen plads', "{forslag}"),
    "DG314": Entry(
        'underafsnittet "{navn}" ville ikke komme med, for afsnittet over det er ikke i dokumentet',
        "skriv efter: og navnet på et afsnit, der er med, eller niveau: 1",
    ),
    "DG315": Entry(
        'afsnittet "{navn}" er på niveau {niveau}, men har intet afsnit over sig',
        "flyt det, eller skriv niveau: 1",
    ),
    "DG316": Entry("udtrykket kan ikke regnes ud: {udtryk}", "{grund}"),
    "DG317": Entry(
        'udtrykket til "{felt}" giver "{navn}", men elementerne i listen har ikke det felt',
        "tilføj feltet til gruppen under typer, eller tag det ud af udtrykket",
    ),
    "DG318": Entry(
        'feltet "{felt}" har adgang: {navn}, men ingen udgave holder det ude',
        "skriv uden: [{navn}] i en udgave, eller ret ordet",
        "Er et ord for adgang stavet forskelligt i felter og udgaver, kommer det, der skulle være lukket, med i "
        "dokumentet.",
    ),
    "DG319": Entry('udgaven "{udgave}" er uden "{navn}", men intet felt har den adgang', "{forslag}"),
    "DG320": Entry(
        'afsnittet "{navn}" har hverken et felt, en bestemmelse eller en betingelse',
        'giv det et felt af samme navn eller en fil i klausuler/, eller skriv når: "true"',
    ),
    "DG321": Entry('"{navn}" kendes ikke her ({ejer})', "{forslag}"),
    "DG322": Entry(
        '"{navn}" skal bestå af navne med hver sin værdi',
        "skriv dem på hver sin linje, rykket ind: navn: værdi",
    ),
    "DG323": Entry('"{navn}" skal være én tekst eller ét tal', "skriv den efter kolonet"),
    "DG324": Entry('"{navn}" mangler i {ejer}', "tilføj {navn}"),
    "DG325": Entry('"{navn}" skal være ja eller nej, men her står "{tekst}"', "skriv ja eller nej"),
    "DG326": Entry('"{navn}" kan ikke være "{tekst}"', "{forslag}"),
    "DG327": Entry('"{navn}" skal være et helt tal, men her står "{tekst}"', "skriv fx 2"),
    "DG328": Entry('"{navn}" findes ikke, men bruges i: {udtryk}', "{forslag}"),
    "DG329": Entry(
        '"{liste}" er en liste og har ikke selv feltet "{felt}": {udtryk}',
        "brug en funktion, fx sum({liste}, '{felt}'), eller for: {liste} i en regel",
    ),
    "DG330": Entry("udtrykket kan ikke læses: {udtryk}", "{forslag}"),
    "DG331": Entry("teksten har en kode, der ikke kan læses: {tekst}", "koder skrives som {{{{ felt }}}}"),
    "DG332": Entry(
        '"{navn}" kan ikke være navn på et felt',
        "brug bogstaver, tal og understreg, fx e_mail, og begynd med et bogstav",
    ),
    "DG333": Entry('navnet "{navn}" bruges af docgen selv', "kald feltet noget andet"),
    "DG334": Entry('feltet "{navn}" er kun beskrevet med et ord', "skriv {navn}: {{type: {tekst}}}"),
    "DG335": Entry('feltet "{navn}" mangler en type', "skriv fx type: tekst"),
    "DG336": Entry('"{navn}" er allerede navn på feltet {felt}', "brug et andet navn eller alias"),
    "DG337": Entry("kun ét felt i gruppen kan have {navn}: ja", "feltet {felt} har det allerede"),
    "DG338": Entry(
        'feltet "{felt}" kan ikke have {navn}: ja',
        "kun et felt med én værdi, som ikke beregnes, kan have det; kort: ja kan også stå ved en liste",
    ),
    "DG339": Entry('feltet "{navn}" har både standard og beregn', "slet det ene"),
    "DG340": Entry(
        '"{navn}" er en gruppe fra typer, ikke en type',
        "skriv type: liste eller type: gruppe, og af: {navn}",
    ),
    "DG341": Entry('der er ingen felttype, der hedder "{navn}"', "{forslag}"),
    "DG342": Entry(
        'feltet "{navn}" er et valg uden noget at vælge mellem',
        "skriv fx værdier: [udkast, godkendt]",
    ),
    "DG343": Entry('feltet "{navn}" har både af og felter', "slet det ene"),
    "DG344": Entry('der er ingen gruppe eller type, der hedder "{navn}"', "{forslag}"),
    "DG345": Entry('"{navn}" under {ejer} er ikke et felt i listens elementer', "{forslag}"),
    "DG346": Entry('der er ingen liste, der hedder "{navn}", at henvise til', "{forslag}"),
    "DG347": Entry(
        'elementerne i listen "{navn}" har ingen nøgle at henvise til',
        "skriv nøgle: ja ved det felt, der navngiver et element",
    ),
    "DG348": Entry(
        'gruppen "{gruppe}" indeholder sig selv uden ende ("{navn}")',
        "brug type: liste, så den kan være tom",
    ),
    "DG349": Entry(
        'feltet "{navn}" kan ikke beregnes, for det består selv af felter',
        "beregn de enkelte felter i stedet",
    ),
    "DG350": Entry("regler.yaml skal være en liste af regler", "begynd hver regel med en bindestreg: - kode: …"),
    "DG351": Entry("reglen har ingen kode", "giv den et kort navn: kode: fordeling-100"),
    "DG352": Entry('koden "{kode}" er brugt af en anden regel', "giv reglen en anden kode"),
    "DG353": Entry(
        'reglen "{kode}" kan ikke være en fejl på grundlag af {grundlag}',
        "skriv alvor: advarsel; kun gældende ret og regning kan være fejl",
        "docgen standser kun et dokument, når noget er forkert efter gældende ret eller regnet forkert. Udkast og "
        "skøn giver advarsler.",
    ),
    "DG354": Entry('reglen "{kode}" gælder listen "{navn}", som ikke findes', "{forslag}"),
    "DG355": Entry('reglen "{kode}" peger på feltet "{navn}", som ikke findes', "{forslag}"),
    "DG360": Entry("bestemmelsen {fil} kan ikke læses", "se efter, om du har adgang til filen"),
    "DG361": Entry(
        "bestemmelsen mangler en indledning mellem to linjer med ---",
        "begynd filen med ---, id: …, overskrift: …, --- på hver sin linje",
    ),
    "DG362": Entry("bestemmelsen {navn} har ingen tekst", "skriv teksten efter den anden linje med ---"),
    "DG363": Entry('der er to bestemmelser, der hedder "{navn}"', "giv den ene et andet id; den første er {fil}"),
    "DG364": Entry(
        "den låste tekst i {fil} er ændret: dens aftryk er {aftryk}, men der står {skrevet}",
        "sæt teksten tilbage, eller giv bestemmelsen en ny version, og skriv aftryk: {aftryk}",
        "Aftrykket viser, at teksten er den, der er godkendt. Mellemrum, linjeskift og slags anførselstegn tæller ikke "
        "med.",
    ),
    "DG365": Entry('"{navn}" er ikke et felt i {ejer}', "{forslag}"),
    "DG366": Entry("dokumenttypen har ingen afsnit at sætte op", "slet feltet opsætning"),
    "DG367": Entry('feltet "{navn}" beregnes af docgen og kan ikke have en standard', "slet linjen"),
    "DG368": Entry(
        "udtrykket er for indviklet: {udtryk}",
        "gør det kortere, eller del det op i flere felter med beregn",
        "Et udtryk eller en tekst med koder må højst fylde 2.000 tegn og kun have få parenteser inden i hinanden og "
        "led efter hinanden.",
    ),
    "DG369": Entry(
        'den låste tekst i {fil} er ændret: docgens egen "{navn}" i version {version} har en anden tekst',
        "slet filen, eller giv bestemmelsen sin egen version, og skriv aftryk: {aftryk}",
        "Så kan enhver se, at bestemmelsen ikke er den, alle andre bruger.",
    ),
}
