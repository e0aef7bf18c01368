// Express with a rule of ten lines, written by hand, as a workshop would do it.
// node bench/peers/express_app.js PORT WORKERS
"use strict";

const cluster = require("node:cluster");
const express = require("express");

const [port, workers] = process.argv.slice(2).map(Number);

function advise(request) {
  const entries = request.prefetch?.conditions?.entry ?? [];
  const codings = entries.flatMap((entry) => entry.resource?.code?.coding ?? []);
  const cancer = codings.some((coding) => coding.code?.startsWith("C"));
  return {
    summary: cancer ? "Consider MRI with contrast" : "MRI rarely helps",
    indicator: cancer ? "warning" : "info",
    source: { label: "ten lines" },
  };
}

if (workers > 1 && cluster.isPrimary) {
  for (let count = 0; count < workers; count += 1) cluster.fork();
} else {
  const app = express();
  app.use(express.json({ limit: "10mb" }));
  app.post("/cds-services/:id", (request, response) => {
    response.json({ cards: [advise(request.body)] });
  });
  app.listen(port, "127.0.0.1");
}
