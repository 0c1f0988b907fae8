"""What is Markdown and what only looks like it: the words of the text are never changed."""

from __future__ import annotations

import re
import subprocess
import sys
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from docgen.word.look.styles import StyleMap
from docgen.word.values import markdown
from docgen.word.values.blocks import markdown_xml


class _Nothing:
    def add_hyperlink(self, url: str) -> str:
        return "rId1"

    def new_list(self, num_id: int | None, *, ordered: bool, start: int = 1, level: int = 0) -> int:
        return 1


def _paragraphs(text: str, control: str = "") -> list[str]:
    """The text of each paragraph, with lists and quotations told by their look."""
    xml = markdown_xml(text, StyleMap(), _Nothing(), control=control)
    found = []
    for paragraph in re.findall(r"<w:p>.*?</w:p>", xml):
        words = "".join(re.findall(r"<w:t [^>]*>([^<]*)</w:t>", paragraph.replace("<w:br/>", "</w:t><w:t >/</w:t>")))
        look = "•" if "w:hanging" in paragraph else "”" if 'w:left="567"' in paragraph else ""
        found.append(look + words.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&"))
    return found


@pytest.mark.parametrize(
    "text",
    [
        "15. november 2024 holdt udvalget møde",
        "1. juli 2027 overtager regionen opgaven",
        "1. Januar er en helligdag",
        "3. jan. er fristen",
        "1. okt 2026",
        "5. og 6. klasse deltager",
        "3. til 5. september",
        "1. kvartal 2027 viser et overskud",
        "2. viceborgmester bød velkommen",
        "3. pkt. finder tilsvarende anvendelse",
        "2026. Derefter fortsætter aftalen",
        "§ 5, stk. 2, nr. 3, litra b",
        "#12 er lukket",
        "#",
        "+45 12 34 56 78",
        "+ 45 12 34 56 78",
        "+ 25 pct. moms",
        "+ moms",
        "> 5 mio. kr. skal i udbud",
        ">= 5 mio. kr.",
        "-",
        "*",
        "2.",
        ">",
        "- ",
        "-5 grader",
        "____________",
        "Dato: ____ Navn:____By:____",
        "~~~~~~",
        "``` se her",
        "2*3*4 = 24",
        "Beløb (*) og noter (*) her",
        "**** er skjult ****",
        r"P:\_sager\_2026\*.docx",
        r"\\server\_fælles\_sager",
        "Børn & Unge, R&D; og &co",
        "&#xE000; &#0; &#128; er tegn der ikke findes",
        "<navn> og <b>fed</b>",
        "[indsæt navn] og [note]: ja",
        "[formand](valgt på mødet) og [næst](valgt)",
        "~~slettet~~",
        "Pris* er ekskl. moms",
        "*) ekskl. moms",
        "snake_case_navn og en_to_",
        "1.234,50 kr.",
        "9. 30",
        "a) første",
        "===",
        "| ikke en tabel | her",
        "|---",
    ],
)
def test_text_that_looks_like_markup_stays_as_it_is(text: str) -> None:
    if text in {"9. 30", "-5 grader"}:
        expected = ["•30"] if text == "9. 30" else [text]
    else:
        expected = [text.strip()]
    assert _paragraphs(text) == expected


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("Aftalen gælder fra den\n1. juli 2027", ["Aftalen gælder fra den 1. juli 2027"]),
        ("Det sker i\n1. kvartal 2027", ["Det sker i 1. kvartal 2027"]),
        ("- 1. juli 2027: overdragelse\n- 2. juli", ["•1. juli 2027: overdragelse", "•2. juli"]),
        ("1. kvartal: plan\n2. kvartal: drift", ["•kvartal: plan", "•kvartal: drift"]),
        ("1. juli: plan\n2. juli: drift", ["1. juli: plan 2. juli: drift"]),
        ("Vi så\n> 5 mio. kr.", ["Vi så > 5 mio. kr."]),
        ("> 12 borgere\n> deltog", ["”12 borgere deltog"]),
        ("+ et\n+ to", ["•et", "•to"]),
        ("Sum\n+ 500 kr.\n+ 25 kr.", ["Sum + 500 kr. + 25 kr."]),
        ("Deltagere:\n- Åse\n- Bo", ["Deltagere:", "•Åse", "•Bo"]),
        ("Referat\n-------", ["Referat", ""]),
        ("Tekst\n\n    indrykket", ["Tekst", "indrykket"]),
        ("-\n- b", ["•", "•b"]),
        (r"1\. nej og \*nej\*", ["1. nej og *nej*"]),
        (r"C:\\mappe\\x og \&amp; og &amp;", [r"C:\mappe\x og &amp; og &"]),
        ("a  \nb\\\nc\nd", ["a/b/c d"]),
        ("`kode *x*` og ``2*3*4``", ["kode *x* og 2*3*4"]),
        ("![Diagram over økonomi](billede.png)", ["![Diagram over økonomi](billede.png)"]),
        ('![Kort & plan](kort.png "Byen") her', ['![Kort & plan](kort.png "Byen") her']),
    ],
)
def test_markup_among_text(text: str, paragraphs: list[str]) -> None:
    assert _paragraphs(text) == paragraphs


def test_placeholders_pass_through() -> None:
    assert _paragraphs("\ue000") == ["\ue000"]
    assert _paragraphs("Kære **\ue000**, se [\ue001](https://kl.dk) og [x](\ue002)") == [
        "Kære \ue000, se \ue001 og [x](\ue002)"
    ]
    assert _paragraphs("\ue000*\ue001*\ue002") == ["\ue000*\ue001*\ue002"]


def test_a_line_of_control_tags_is_a_paragraph_of_its_own() -> None:
    text = "- a\n\ue000\n- b\n\ue001\nslut"
    assert _paragraphs(text, control="\ue000\ue001") == ["•a", "\ue000", "•b", "\ue001", "slut"]
    assert _paragraphs(text) == ["•a \ue000", "•b \ue001 slut"]


def test_a_line_of_control_tags_in_a_table_is_a_row() -> None:
    text = "| Navn |\n|---|\n\ue000\n| \ue001 |\n\ue002\n\ntekst"
    assert _paragraphs(text, control="\ue000\ue002") == ["Navn", "\ue000", "\ue001", "\ue002", "", "tekst"]


def test_text_deeper_than_the_parser_goes_is_kept() -> None:
    assert _paragraphs(">" * 100 + " dybt nede") == [">" * 100 + " dybt nede"]


@pytest.mark.parametrize("sign", ["\x00", "\x0b", "\ufffe", "\ud800"])
def test_a_character_word_cannot_hold_is_named(sign: str) -> None:
    with pytest.raises(ValueError, match=f"U\\+{ord(sign):04X}"):
        markdown_xml(f"før {sign} efter", StyleMap(), _Nothing())


_WORDS = st.sampled_from(
    [
        *("a", "b", "æ", "ø", "1", "2", " ", "  ", "\n", "\n\n", "*", "**", "_", "`", "[", "]", "(", ")", "](y)", "<"),
        *("> ", "- ", "+ ", "1. ", "# ", "|", "| a | b |\n", "|---|---|\n", "---", "\\", "&", "~~~", "juli", "2026. "),
        *("\u00a0", "\t"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(_WORDS, max_size=15).map("".join))
def test_no_letter_is_lost_or_moved(text: str) -> None:
    text = re.sub("`{3,}", "``", text)  # the word after ``` names a language, and is no text
    shown = "".join(_paragraphs(text))
    letters = [re.sub(r"[\W\d_]", "", found) for found in (text, shown)]
    assert letters[0] == letters[1]


@settings(max_examples=150, deadline=None)
@given(st.text(st.sampled_from("ab æ\n\t \u00a0.1-(«]#"), max_size=30))
def test_plain_text_takes_a_short_way_to_the_same_place(text: str) -> None:
    short = markdown_xml(text, StyleMap(), _Nothing())
    with mock.patch.object(markdown, "is_plain", return_value=False):
        assert markdown_xml(text, StyleMap(), _Nothing()) == short


def test_plain_text_does_not_load_the_parser() -> None:
    code = (
        "import sys; from docgen.word.values.blocks import markdown_xml; from docgen.word.look.styles import StyleMap\n"
        "markdown_xml('Børn & Unge, 15. november 2024\\n\\n§ 5', StyleMap(), None); print('markdown_it' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"
