"""rust-docxtpl in a process of its own, since it takes the name of docxtpl; it speaks as engines.js does."""

from __future__ import annotations

import io
import json
import sys
import time
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment

template, source = sys.argv[1:]
data = json.loads(Path(source).read_text(encoding="utf-8"))
content = Path(template).read_bytes()
environment = Environment(autoescape=True)
made = b""
print("ready", flush=True)
for line in map(str.strip, sys.stdin):
    if line.startswith("save "):
        Path(line[5:]).write_bytes(made)
        print("saved", flush=True)
        continue
    start = time.perf_counter()
    document = DocxTemplate(io.BytesIO(content))
    document.render(data, jinja_env=environment, autoescape=True)
    stream = io.BytesIO()
    document.save(stream)
    made = stream.getvalue()
    print((time.perf_counter() - start) * 1000, flush=True)
