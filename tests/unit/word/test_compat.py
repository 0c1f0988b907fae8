"""About three hundred templates as docxtpl's users write them: text, look and structure come out as docxtpl's.

The constructs are those of docxtpl's documentation and of its own tests, built anew. What differs on purpose stands in
docs/from-docxtpl.md and is tested in test_docxtpl.py.
"""

from __future__ import annotations

import io
import re
from copy import deepcopy
from datetime import date, datetime
from typing import Any

import docx as python_docx
import jinja2
import pytest
from docx.enum.text import WD_BREAK
from docxtpl import DocxTemplate  # type: ignore[import-untyped]
from lxml import etree

from docgen.word import WordTemplate
from tests.unit.word.build import W, docx, p, part, r, tbl, tc, tr, unpack
from tests.unit.word.docxtpl_peer import STYLES, outline

DATA: dict[str, Any] = dict(  # noqa: C408
    navn="Eric",
    x=1.5,
    b=True,
    none=None,
    items=[
        {"desc": "Python <x> & y", "qty": 2, "price": "FREE", "tags": ["a", "b"], "sub": [{"n": 1}, {"n": 2}]},
        {"desc": "Django", "qty": 5403, "price": "9", "tags": [], "sub": []},
        {"desc": "Guido", "qty": 1, "price": "100,000,000.00", "tags": ["c"], "sub": [{"n": 3}]},
    ],
    in_europe=True,
    is_paid=False,
    company="The World Wide company",
    d=date(2024, 3, 5),
    dt=datetime(2024, 3, 5, 12, 30),
    lst=["a", "b", "c"],
    dic={"k1": "v1", "k2": 2},
    ml="Line 1\nLine 2\tTab\n\nLine 4",
    sp="  to  mellem  ",
    empty="",
    el=[],
    num=1234567,
    neg=-0.5,
    matrix=[[1, 2, 3], [4, 5, 6]],
    col_labels=["fruit", "vegetable", "stone"],
    rows=[
        {"label": "yellow", "cols": ["banana", "capsicum", "pyrite"], "bg": "FF0000"},
        {"label": "red", "cols": ["apple", "tomato", "cinnabar"], "bg": "00FF00"},
    ],
    nested={"a": {"b": [{"c": "dyb"}]}},
    tup=(1, 2),
    html='<b>fed</b> & "q"',
    uni="æøå ÆØÅ € 日本",
    s="The quick",
)

EXPRESSIONS = r"""
navn ¦ x ¦ b ¦ d ¦ dt ¦ lst ¦ dic ¦ ml ¦ sp ¦ empty ¦ num ¦ neg ¦ tup ¦ html ¦ uni ¦ lst[0] ¦ dic.k1 ¦ dic['k2']
items[0].desc ¦ items[-1]['desc'] ¦ nested.a.b[0].c ¦ x+1 ¦ num/3 ¦ num//7 ¦ num%7 ¦ 2**8 ¦ lst+['d'] ¦ 'a' 'b'
navn~x ¦ not b ¦ b and x ¦ b or x ¦ navn if b else 'n' ¦ none or 'std' ¦ x==1.5 ¦ x in [1.5] ¦ 'a' in lst
navn is string ¦ none is none ¦ b is sameas true ¦ lst is iterable ¦ 3 is odd ¦ [1,2] ¦ {'a':1} ¦ (1,2) ¦ true
True ¦ range(3) ¦ dict(a=1) ¦ 1e3 ¦ 1_000 ¦ -x ¦ +x ¦ "\\\\" ¦ 'it''s' ¦ 1.0 ¦ 10.50 ¦ 1/3 ¦ 0.1+0.2 ¦ 2.0*2
navn|upper ¦ navn|lower ¦ navn|title ¦ navn|capitalize ¦ navn|trim ¦ navn|length ¦ navn|reverse ¦ navn|first
navn|last ¦ navn|list ¦ navn|string ¦ navn|e ¦ navn|escape ¦ navn|safe ¦ navn|center(20) ¦ navn|wordwrap(5)
navn|wordcount ¦ navn|replace('E','A') ¦ navn|default('x') ¦ navn|truncate(3) ¦ navn|striptags ¦ navn|indent(2)
navn|format ¦ navn|urlencode ¦ navn|tojson ¦ navn|join('-') ¦ navn|count ¦ navn|sort ¦ navn|forceescape
num|filesizeformat ¦ x|round ¦ x|round(1) ¦ x|round(1,'floor') ¦ x|int ¦ '3.7'|float ¦ neg|abs ¦ lst|join(', ')
lst|first ¦ lst|last ¦ lst|length ¦ lst|reverse|join ¦ lst|sort(reverse=true)|join(',')
items|map(attribute='desc')|join(', ') ¦ items|sum(attribute='qty')
items|selectattr('qty','gt',1)|map(attribute='price')|join('/') ¦ items|rejectattr('tags')|list|length
items|groupby('price')|length ¦ dic|dictsort ¦ dic|items|list ¦ dic.items()|list ¦ matrix|sum(start=[])
lst|batch(2)|list ¦ lst|slice(2)|list ¦ lst|min ¦ lst|max ¦ '%s-%s'|format(navn,x) ¦ '{:.2f}'.format(x)
'{:,}'.format(num) ¦ '%.2f' % x ¦ '%05d' % 42 ¦ navn.upper() ¦ navn.split('r') ¦ navn[0:2] ¦ navn[::-1]
lst[1:] ¦ num|string|length ¦ x|string ¦ d.strftime('%d/%m/%Y') ¦ dt.year ¦ dt.isoformat()
d.day ~ '.' ~ d.month ¦ none|default('tom',true) ¦ ukendt|default('tom') ¦ ukendt is defined ¦ lst|tojson
dic|tojson ¦ html|e ¦ sp|trim ¦ ml|replace('\n',' ') ¦ lst|select('equalto','a')|list ¦ lst|map('upper')|list
lst|map('upper')|join ¦ num|default(0) ¦ dic|length ¦ dic|list ¦ dic.get('k1') ¦ dic.get('nix','d')
dic.keys()|list ¦ 'a,b'.split(',')|join(' ') ¦ navn.startswith('E') ¦ navn|attr('nix')|default('z')
[1,2,3]|sum ¦ [3,1]|sort ¦ 'abc'|list ¦ 'x'*3 ¦ lst|string ¦ items|length > 2 ¦ cycler('a','b').next()
namespace(a=1).a ¦ joiner(',')() ¦ navn.format() ¦ '%d%%'|format(5) ¦ navn|center(11)|replace(' ','.')
navn.zfill(10) ¦ navn.title() ¦ lst.index('b') ¦ lst.count('a') ¦ '-'.join(lst) ¦ dic.values()|list ¦ (1,2)|list
x|round|int ¦ x|int ~ '' ¦ [d] ¦ [x] ¦ [none] ¦ [true] ¦ {'a':none} ¦ dt|string ¦ dt.date() ¦ d.weekday()
d.isoformat() ¦ (d - d).days ¦ d > d ¦ num|int|string|replace('1','2') ¦ 1 if none ¦ '' ¦ ' ' ¦ '\n' ¦ 'a\tb'
'a\nb'
"""


def grid(columns: int, *rows: str) -> str:
    """A table whose grid has `columns` columns."""
    column = '<w:gridCol w:w="1000"/>'
    return tbl(*rows).replace("<w:tblGrid/>", f"<w:tblGrid>{column * columns}</w:tblGrid>")


def wide(text: str, columns: int) -> str:
    """A row of one cell."""
    return tr(tc(p(text)).replace("</w:tcPr>", f'<w:gridSpan w:val="{columns}"/></w:tcPr>'))


BODIES = {
    "if inline": p("A{% if b %}B{% endif %}C"),
    "if else": p("{% if is_paid %}paid{% elif in_europe %}eu{% else %}no{% endif %}"),
    "p if": p("{%p if b %}") + p("in") + p("{%p endif %}") + p("after"),
    "p for": p("{%p for i in items %}") + p("{{ i.desc }} {{ i.qty }}") + p("{%p endfor %}"),
    "p nested": p("{%p for i in items %}")
    + p("{{ loop.index }}/{{ loop.length }} {{ i.desc }}")
    + p("{%p for t in i.tags %}")
    + p("- {{ t }}{% if not loop.last %},{% endif %}")
    + p("{%p else %}")
    + p("ingen")
    + p("{%p endfor %}")
    + p("{%p endfor %}"),
    "tr for": grid(
        3,
        tr("Desc", "Qty", "Price"),
        tr("{%tr for i in items %}", "", ""),
        tr("{{ i.desc }}", "{{ i.qty }}", "{{ i.price }}"),
        tr("{%tr endfor %}", "", ""),
    ),
    "tr for merged": grid(
        3,
        tr("a", "b", "c"),
        wide("{%tr for i in items %}", 3),
        tr("{{ i.desc }}", "{{ i.qty }}", "{{ i.price }}"),
        wide("{%tr endfor %}", 3),
    ),
    "tr if in for": grid(
        2,
        tr("{%tr for i in items %}", ""),
        tr("{%tr if i.qty > 1 %}", ""),
        tr("{{ i.desc }}", "many"),
        tr("{%tr else %}", ""),
        tr("{{ i.desc }}", "one"),
        tr("{%tr endif %}", ""),
        tr("{%tr endfor %}", ""),
    ),
    "dynamic table": grid(
        4,
        tr("", "{%tc for c in col_labels %}", "{{ c }}", "{%tc endfor %}"),
        tr("{%tr for r in rows %}", "", "", ""),
        tr("{{ r.label }}", "{%tc for c in r.cols %}", "{{ c }}", "{%tc endfor %}"),
        tr("{%tr endfor %}", "", "", ""),
    ),
    "cellbg": grid(
        2,
        tr("{%tr for r in rows %}", ""),
        tr("{% cellbg r.bg %}{{ r.label }}", "{{ r.cols|join(', ') }}"),
        tr("{%tr endfor %}", ""),
    ),
    "colspan": grid(
        3, tr("{% colspan col_labels|count %}Title"), tr("{%tc for c in col_labels %}", "{{ c }}", "{%tc endfor %}")
    ),
    "vm": grid(2, tr("{%tr for r in rows %}", ""), tr("{% vm %}M", "{{ r.label }}"), tr("{%tr endfor %}", "")),
    "vm if": grid(
        2, tr("{%tr for r in rows %}", ""), tr("{% vm %}{{ r.label }}", "{{ r.label }}"), tr("{%tr endfor %}", "")
    ),
    "hm": grid(
        3,
        tr("{%tc for c in col_labels %}", "{% hm %}H", "{%tc endfor %}"),
        tr("{%tc for c in col_labels %}", "{{ c }}", "{%tc endfor %}"),
    ),
    "tc if": grid(3, tr("a", "{%tc if b %}", "c", "{%tc endif %}", "d")),
    "tc if else": grid(3, tr("a", "{%tc if is_paid %}", "c", "{%tc else %}", "e", "{%tc endif %}", "d")),
    "r if": p("a ", "{%r if b %}", "b ", "{%r else %}", "c ", "{%r endif %}", "d"),
    "comment": p("a{# note #}b"),
    "comment p": p("{#p note #}") + p("b"),
    "comment multi": p("a{# note {{ x }} {% if %} #}b"),
    "comment tr": grid(1, tr("{#tr x #}"), tr("y")),
    "set": p("{% set q = 5 %}{{ q }}"),
    "p set": p("{%p set q = navn ~ '!' %}") + p("{{ q }}"),
    "set tuple": p("{% set a, c = 1, 2 %}{{ a }}{{ c }}"),
    "set block": p("{% set q %}hej {{ navn }}{% endset %}{{ q }}{{ q }}"),
    "set in loop": p("{% set n = 0 %}{% for i in lst %}{% set n = n + 1 %}{{ n }}{% endfor %}{{ n }}"),
    "namespace": p(
        "{% set ns = namespace(t=0) %}{% for i in items %}{% set ns.t = ns.t + i.qty %}{% endfor %}{{ ns.t }}"
    ),
    "macro": p("{% macro f(a,b='z') %}[{{ a }}{{ b }}]{% endmacro %}{{ f(1) }}{{ f(2,b=3) }}"),
    "call": p("{% macro f() %}<{{ caller() }}>{% endmacro %}{% call f() %}in{% endcall %}"),
    "with": p("{% with a=1, c=navn %}{{ a }}{{ c }}{% endwith %}{{ navn }}"),
    "raw": p("{% raw %}{{ x }}{% endraw %}"),
    "escapes": p("{_{ x }_} {_% if %_}"),
    "join minus": p("A") + p("{%- if b %}") + p("B") + p("{%- endif %}") + p("C"),
    "loopvars": p(
        "{% for i in lst %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}"
        "{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.cycle('o','e') }}"
        "{{ loop.previtem|default('') }}{{ loop.nextitem|default('') }}{{ loop.depth }};{% endfor %}"
    ),
    "loop changed": p("{% for i in [1,1,2] %}{% if loop.changed(i) %}{{ i }}{% endif %}{% endfor %}"),
    "recursive": p(
        "{% for i in [[1,[2]],3] recursive %}"
        "{% if i is iterable %}({{ loop(i) }}){% else %}{{ i }}{% endif %}{% endfor %}"
    ),
    "loop dict": p("{% for k in dic %}{{ k }} {% endfor %}")
    + p("{% for k,v in dic.items() %}{{ k }}={{ v }};{% endfor %}")
    + p("{% for k,v in dic|dictsort %}{{ k }}{{ v }}{% endfor %}"),
    "loop string": p("{% for c in navn %}{{ c }}.{% endfor %}"),
    "loop range": p("{% for i in range(1,4) %}{{ i }}{% endfor %}"),
    "loop else": p("{% for i in el %}x{% else %}none{% endfor %}"),
    "loop if": p("{% for i in items if i.qty > 1 %}{{ loop.index }}{{ i.desc }}{% endfor %}"),
    "loop unpack": p("{% for a,c in [(1,2),(3,4)] %}{{ a }}{{ c }}{% endfor %}"),
    "loop zip": p("{% for i in range(lst|length) %}{{ lst[i] }}{{ col_labels[i] }}{% endfor %}"),
    "groupby": p("{% for g in items|groupby('price') %}{{ g.grouper }}:{{ g.list|length }};{% endfor %}"),
    "batch": p("{% for row in lst|batch(2,'-') %}{{ row|join }};{% endfor %}"),
    "loop over paragraphs": p("start {% for i in lst %}{{ i }}") + p("mid {{ i }}{% endfor %} end"),
    "split1": p(r("{"), r("{ navn }"), r("}")),
    "split2": p(r("{{ na", "<w:b/>"), r("vn }}", "<w:i/>"), r(" x")),
    "split3": p(r("{%"), r(" if "), r("b %"), r("}yes{% end"), r("if %}")),
    "split4": p(r("{{ navn"), "<w:proofErr w:type='spellStart'/>", r("|upper }}")),
    "smart": p("{{ “a” }} {{ ‘b’ }} {{ dic[“k1”] }}"),
    "amp": p("{% if x > 1 and b %}y{% endif %}"),
    "lt": p("{% if 1 < 2 %}y{% endif %}"),
    "quot": p('{{ "a\\"b" }}'),
    "hyperlink text": p(f'<w:hyperlink w:anchor="x">{r("{{ navn }}")}</w:hyperlink>'),
    "tabs": p("a\t{{ navn }}"),
    "tabel": p("a", "<w:r><w:tab/><w:t>{{ navn }}</w:t></w:r>", "<w:r><w:br/><w:t>{{ x }}</w:t></w:r>"),
    "two in par": p("{{ navn }} og {{ company }}, {{ num }}"),
    "adjacent": p("{{ navn }}{{ company }}"),
    "value in bold": p(r("x "), r("{{ navn }}", "<w:b/>"), r(" y")),
    "empty val paragraph": p("{{ empty }}"),
    "el join": p("{{ el|join(',') }}"),
    "ml in cell": grid(1, tr("{{ ml }}")),
    "ws": p("{{    navn    }} {{navn}}{{ navn}}"),
    "ws2": p("{%if b%}x{%endif%}"),
    "sdt block": f"<w:sdt><w:sdtPr/><w:sdtContent>{p('{{ navn }}')}</w:sdtContent></w:sdt>",
    "p if around table": p("{%p if b %}") + grid(1, tr("{{ navn }}")) + p("{%p endif %}") + p("x"),
    "p if not around table": p("{%p if is_paid %}") + grid(1, tr("{{ navn }}")) + p("{%p endif %}") + p("x"),
    "p for around table": p("{%p for i in lst %}") + grid(1, tr("{{ i }}")) + p("sep") + p("{%p endfor %}") + p("x"),
    "if in cell": grid(2, tr("{% if b %}ja{% else %}nej{% endif %}", "{% for i in lst %}{{ i }}, {% endfor %}")),
    "p in cell": grid(1, tr(tc(p("{%p for i in lst %}"), p("{{ i }}"), p("{%p endfor %}"), p("end")))),
    "block": p("{% block a %}x{{ navn }}{% endblock %}"),
    "trailing minus": p("{{ navn -}} x"),
    "leading minus": p("x {{- navn }}"),
    "minus stmt": p("a {%- if b -%} b {%- endif -%} c"),
    "plus": p("a {%+ if b %}b{% endif %}"),
    "numbers": p("{{ 1000000 }} {{ 1.10 }} {{ 1e10 }} {{ 1.0 }} {{ 3.14159 }}"),
    "unicode": p("{{ uni }} æøå"),
    "braces text": p("a { b } c {x} % } {"),
    "json text": p('{"a": {"b": 1}}'),
    "tr two loops": grid(
        2,
        tr("{%tr for i in lst %}", ""),
        tr("{{ i }}", "a"),
        tr("{%tr endfor %}", ""),
        tr("{%tr for i in lst %}", ""),
        tr("{{ i }}", "b"),
        tr("{%tr endfor %}", ""),
    ),
    "tr nested": grid(
        2,
        tr("{%tr for i in items %}", ""),
        tr("{{ i.desc }}", ""),
        tr("{%tr for s in i.sub %}", ""),
        tr("", "{{ s.n }}"),
        tr("{%tr endfor %}", ""),
        tr("{%tr endfor %}", ""),
    ),
    "tr set": grid(1, tr("{%tr set q = 3 %}"), tr("{{ q }}")),
    "less cells": grid(4, tr("{%tc for c in lst %}", "{{ c }}", "{%tc endfor %}", "x"), tr("{% colspan 3 %}y", "z")),
    "p set dict": p("{%p set q = namespace(a=1) %}") + p("{{ q.a }}"),
    "endfor name": p("{% for i in lst %}{{ i }}{% endfor %}{% for i in lst %}{{ i }}{% endfor %}"),
    "if and": p(
        "{% if b and not is_paid or x > 3 %}y{% endif %}{% if x is defined and nix is not defined %}z{% endif %}"
    ),
    "in": p("{% if 'a' in lst %}y{% endif %}{% if 'Er' in navn %}z{% endif %}"),
    "ternary": p("{{ 'ja' if b else 'nej' }} {{ 'x' if is_paid }}"),
    "compare": p("{{ 1 < x < 2 }} {{ x != 1 }} {{ navn == 'Eric' }}"),
    "undefined nested": p("{% if dic.nix %}a{% endif %}{{ dic.nix }}"),
    "undefined top": p("[{{ nix }}]"),
    "undefined loop": p("{% for i in nix %}a{% endfor %}z"),
    "broken value": p("{{ na") + p("vn }} x"),
    "broken comment": p("a {# en") + p("to {{ x }}") + p("tre #} b") + p("c"),
    "broken for": p("{% for i in ") + p("lst %}{{ i }}{% endfor %}"),
    "broken p": p("{%p set q = [1,") + p(" 2] %}") + p("{{ q|length }}"),
    "broken in cell": grid(1, tr(tc(p("{{ na"), p("vn }}")))),
}
HEADERS = {
    "header1": part("hdr", p("{{ navn }} {% if b %}H{% endif %}") + grid(1, tr("{{ company }} & {{ x }}")) + p("x")),
    "footer1": part("ftr", p("{%p for i in lst %}") + p("{{ i }}") + p("{%p endfor %}") + p("slut")),
}


def looks(data: bytes) -> list[tuple[list[tuple[str, str]], str]]:
    """The paragraphs of the text, each with its runs (text and look; those that look alike as one) and its own look."""
    found = []
    for paragraph in etree.fromstring(unpack(data)["word/document.xml"]).iter(f"{{{W}}}p"):
        runs: list[tuple[str, str]] = []
        for run in paragraph.iter(f"{{{W}}}r"):
            signs = {"t": "", "tab": "\t", "br": "\n"}
            shown = "".join(
                (one.text or signs[etree.QName(one).localname]) for one in run if etree.QName(one).localname in signs
            )
            look = properties(run, "rPr")
            if shown and runs and runs[-1][1] == look:
                runs[-1] = (runs[-1][0] + shown, look)
            elif shown:
                runs.append((shown, look))
        found.append((runs, properties(paragraph, "pPr")))
    return found


def properties(element: etree._Element, name: str) -> str:
    child = element.find(f"{{{W}}}{name}")
    return "" if child is None else " ".join(f"{etree.QName(one).localname} {one.items()}" for one in child.iter())


def made(data: bytes, context: dict[str, Any]) -> tuple[bytes, bytes]:
    """What docxtpl and docgen make of a template."""
    peer = DocxTemplate(io.BytesIO(data))
    peer.render(deepcopy(context), autoescape=True)
    out = io.BytesIO()
    peer.save(out)
    return out.getvalue(), WordTemplate(data, undefined=jinja2.Undefined).render(deepcopy(context)).to_bytes()


@pytest.mark.parametrize("expression", re.split(r"\s*[¦\n]\s*", EXPRESSIONS.strip()))
def test_expressions_print_as_docxtpls(expression: str) -> None:
    theirs, ours = made(docx(p(f"[{{{{ {expression} }}}}]"), {"styles": STYLES}), DATA)
    assert outline(ours) == outline(theirs)


@pytest.mark.parametrize("name", BODIES)
def test_documents_are_docxtpls(name: str) -> None:
    theirs, ours = made(docx(BODIES[name] + "<w:sectPr/>", {"styles": STYLES, **HEADERS}), DATA)
    assert outline(ours) == outline(theirs)
    assert looks(ours) == looks(theirs)


def test_a_document_of_python_docx_is_docxtpls() -> None:
    document = python_docx.Document()
    document.add_heading("{{ company }}", 1)
    document.add_paragraph("{{ navn }}", style="List Number")
    for text in ("{%p for i in lst %}", "{{ i }}", "{%p endfor %}"):
        document.add_paragraph(text, style="List Bullet")
    document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
    document.add_section()
    document.sections[0].header.paragraphs[0].text = "{{ company }} H"
    document.sections[1].footer.is_linked_to_previous = False
    document.sections[1].footer.paragraphs[0].text = "{{ navn }} F"
    table = document.add_table(3, 2, style="Table Grid")
    texts = ("{%tr for i in lst %}", "", "{{ i }}", "{{ loop.index }}", "{%tr endfor %}", "")
    for number, text in enumerate(texts):
        table.cell(*divmod(number, 2)).text = text
    line = document.add_paragraph()
    line.add_run("fed ").bold = True
    line.add_run("{{ na")
    line.add_run("vn }}").italic = True
    out = io.BytesIO()
    document.save(out)
    theirs, ours = made(out.getvalue(), DATA)
    assert outline(ours) == outline(theirs)
    assert looks(ours) == looks(theirs)
