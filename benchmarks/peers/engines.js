// One Node engine that renders when it is told to, and tells how long that took inside this process.
// Arguments: the engine, the template, the data as JSON. Lines in: "render" or "save PATH". Lines out: ms, or "saved".
"use strict";
const fs = require("fs");
const [engine, template, source] = process.argv.slice(2);
const data = JSON.parse(fs.readFileSync(source, "utf8"));
const bytes = fs.readFileSync(template);

const engines = {
  docxtemplater() {
    const PizZip = require("pizzip");
    const Docxtemplater = require("docxtemplater");
    return async () => {
      const document = new Docxtemplater(new PizZip(bytes), { paragraphLoop: true, linebreaks: true });
      document.render(data);
      return document.getZip().generate({ type: "nodebuffer", compression: "DEFLATE" });
    };
  },
  "easy-template-x"() {
    const { TemplateHandler } = require("easy-template-x");
    const handler = new TemplateHandler();
    return async () => handler.process(bytes, data);
  },
  carbone() {
    const carbone = require("carbone");
    return () =>
      new Promise((done, fail) => carbone.render(template, data, (fault, made) => (fault ? fail(fault) : done(made))));
  },
};

async function main() {
  const render = engines[engine]();
  let made = null;
  process.stdout.write("ready\n");
  for await (const line of require("readline").createInterface({ input: process.stdin })) {
    if (line.startsWith("save ")) {
      fs.writeFileSync(line.slice(5), made);
      process.stdout.write("saved\n");
      continue;
    }
    const start = performance.now();
    made = await render();
    process.stdout.write(`${performance.now() - start}\n`);
  }
}
main().catch((fault) => {
  process.stdout.write(`failed ${String(fault && fault.message || fault).split("\n")[0]}\n`);
  process.exit(1);
});
