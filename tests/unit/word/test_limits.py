"""A template that asks for too much is refused at its tag, soon and in little memory."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from docgen import catalog
from docgen.diagnostics import DocgenError
from docgen.templating.text_file import TextFile
from docgen.word import WordTemplate

from .build import docx, faults, lines, p, render

ROOT = Path(__file__).parent.parent.parent.parent
LAUGH = "{% set a = ['ha'] * 1000 %}{% set b = [a] * 1000 %}{% set c = [b] * 1000 %}"
LONG = "{% set s = 'a' * 900000 %}"
TOO_MUCH = {
    "{{ 'a' * 10**9 }}": "DG477",
    "{{ 10**9 * 'a' }}": "DG477",
    "{{ [1] * 10**9 }}": "DG477",
    "{{ 2 ** (10**8) }}": "DG477",
    "{{ '%1000000000d' % 1 }}": "DG477",
    "{{ '%1000000000d' | format(1) }}": "DG477",
    "{{ ('%999d' * 3000) % ((1,) * 3000) }}": "DG477",
    "{{ ('%(a)s' * 10000) | format(a='x' * 10000) }}": "DG477",
    "{{ '{:>1000000000}'.format(1) }}": "DG459",
    "{{ 'x' | center(10**9) }}": "DG477",
    "{{ ('a' * 1000) | replace('a', 'b' * 1000) | replace('b', 'c' * 1000) }}": "DG477",
    "{{ ('a' * 100000) | replace('', 'b' * 100000) }}": "DG477",
    "{{ ('a' * 1000).replace('a', 'b' * 1000).replace('b', 'c' * 1000) }}": "DG477",
    "{{ ('x' * 100000).join('a' * 100000) }}": "DG477",
    "{{ range(100000) | join('x' * 100000) }}": "DG477",
    "{{ ('a\\n' * 100000) | indent(1000) }}": "DG477",
    "{{ ('a ' * 40000) | wordwrap(1, wrapstring='x' * 100000) }}": "DG477",
    "{% for x in [1] | batch(10**9, 'x') %}{{ x | length }}{% endfor %}": "DG477",
    "{% for x in [1] | slice(10**9) %}{{ x | length }}{% endfor %}": "DG477",
    "{{ 5 | round(-10**9) }}": "DG477",
    "{{ lipsum(n=1000000) }}": "DG450",
    "{{ ('<!--x-->' * 100000) | striptags }}": "DG477",
    "{% set n = namespace(x='a' * 10) %}{% for i in range(60) %}{% set n.x = n.x ~ n.x %}{% endfor %}": "DG477",
    "{% set n = namespace(x='a' * 10) %}{% for i in range(60) %}{% set n.x = n.x + n.x %}{% endfor %}": "DG477",
    "{% set n = namespace(x=10**12) %}{% for i in range(60) %}{% set n.x = n.x * n.x %}{% endfor %}": "DG477",
    "{% set s %}aaaaaaaaaa{% endset %}" + "{% set s %}{{ s }}{{ s }}{% endset %}" * 60 + "{{ s }}": "DG477",
    "{% for i in range(10**10) %}x{% endfor %}": "DG452",
    "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}": "DG476",
    "{% for a in range(99999) | map('string') %}{% for b in range(99999) %}x{% endfor %}{% endfor %}": "DG476",
    "{% for a in range(90000) %}" + "x" * 20000 + "{% endfor %}": "DG477",
    f"{LONG}{{% for a in range(90000) %}}{{{{ s }}}}{{% endfor %}}": "DG477",
    LONG + "{{ s }}" * 1000: "DG477",
    f"{LONG}{{% for a in range(90000) %}}{{% if 'b' in s %}}{{% endif %}}{{% endfor %}}": "DG476",
    f"{LONG}{{% for a in range(90000) %}}{{% set t = s[1:] %}}{{% endfor %}}": "DG476",
    f"{LONG}{{% for a in range(90000) %}}{{{{ s | upper | length }}}}{{% endfor %}}": "DG47",
    "{% macro f() %}{% for a in range(90000) %}" + "x" * 20000 + "{% endfor %}{% endmacro %}{{ f() }}": "DG477",
    "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(1) }}": "DG478",
    "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}": "DG47",
    "{% for x in [1, 2] recursive %}{{ loop([1, 2]) }}{% endfor %}": "DG478",
    f"{LAUGH}{{{{ c }}}}": "DG477",
    f"{LAUGH}{{{{ c | join }}}}": "DG477",
    f"{LAUGH}{{{{ c | string | length }}}}": "DG477",
    f"{LAUGH}{{{{ c ~ '' }}}}": "DG477",
    "{{ ([range(100000)] * 100000) | map('list') | list | length }}": "DG476",
    "{{ range(100000) | map('string') | map('center', 1000) | list | length }}": "DG477",
    "{{ ([[1] * 1000] * 100000) | sum(start=[]) | length }}": "DG476",
    "{{ ('*a* ' * 200000) | markdown }}": "DG476",
}


@pytest.mark.parametrize("source", TOO_MUCH, ids=lambda source: source[:60])
def test_too_much_is_refused_at_its_tag(source: str) -> None:
    started = time.process_time()
    (found,) = faults(p(source), {})
    assert time.process_time() - started < 2
    assert found.startswith(f"fejl {TOO_MUCH[source]}")
    assert "\n  skabelon.docx, afsnit 1" in found


@pytest.mark.skipif(sys.platform != "linux", reason="memory is measured as Linux tells it")
def test_the_memory_of_a_refusal_is_bounded() -> None:
    sources = [source for source in TOO_MUCH if "range(90000)" in source or "endset" in source or "map(" in source]
    # VmHWM and not ru_maxrss, which a new program inherits from the one that started it
    program = f"""
from pathlib import Path
from docgen.diagnostics import DocgenError
from docgen.word import WordTemplate
from tests.unit.word.build import docx, p
for source in {sources!r}:
    try:
        WordTemplate(docx(p(source))).render({{}})
    except DocgenError:
        continue
    raise AssertionError(source)
print(Path("/proc/self/status").read_text().partition("VmHWM:")[2].split()[0])
"""
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=ROOT)
    assert answer.returncode == 0, answer.stderr
    assert int(answer.stdout) // 1024 < 300


@pytest.mark.parametrize(
    "source",
    [
        "{% for a in range(100000) %}{% for b in range(100000) %}{% endfor %}{% endfor %}",
        "{% set s = 'aaaaaaaaaa' %}" + "{% set s = s ~ s %}" * 60 + "{{ s }}",
        "{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}",
        "{% for a in range(90000) %}" + "x" * 20000 + "{% endfor %}",
        "{{ 'a' * 10**9 }}",
    ],
    ids=lambda source: source[:40],
)
def test_text_files_have_the_same_limits(source: str, tmp_path: Path) -> None:
    path = tmp_path / "brev.txt.j2"
    path.write_text(source, encoding="utf-8")
    with pytest.raises(DocgenError) as raised:
        TextFile(path).render({})
    (found,) = raised.value.diagnostics
    assert found.code in ("DG476", "DG477", "DG478")
    assert catalog.as_text(found).split("\n")[1].endswith("brev.txt.j2:1:1")


def test_large_documents_are_made() -> None:
    rows = [{"nr": number, "navn": f"Ærø & {number}"} for number in range(20_000)]
    body = p("{% for r in rows %}") + p("{{ r.nr }} {{ r.navn | upper }} {{ r.navn == 'x' }}") + p("{% endfor %}")
    made = lines(render(body, {"rows": rows}))
    assert len(made) == 20_000
    assert made[-1] == "19999 ÆRØ & 19999 nej"
    long = "Ærø & " * 200_000
    assert lines(render(p("{{ x }}"), {"x": long})) == [long]


def test_each_render_has_a_budget_of_its_own() -> None:
    template = WordTemplate(docx(p("{% for x in range(100000) %}{% if x %}{% endif %}{% endfor %}")))
    for _ in range(30):
        template.render({})
