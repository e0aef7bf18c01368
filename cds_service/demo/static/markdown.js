// The Markdown that cards are written in: paragraphs, bullets, bold, links, escapes.
// Everything else is shown as it stands.
import { element } from "./dom.js";

const TOKEN = /\\([\\`*_{}[\]<>#|~])|\*\*(.+?)\*\*|\[((?:\\.|[^\]\\])*)\]\((https?:\/\/[^\s)]+)\)/g;

function inline(text) {
  const parts = [];
  let last = 0;
  for (const found of text.matchAll(TOKEN)) {
    const [all, escaped, bold, label, url] = found;
    parts.push(text.slice(last, found.index));
    if (escaped) parts.push(escaped);
    else if (bold) parts.push(element("strong", {}, inline(bold)));
    else parts.push(element("a", { href: url, rel: "noreferrer" }, inline(label)));
    last = found.index + all.length;
  }
  return [...parts, text.slice(last)].filter((part) => part !== "");
}

function block(text) {
  const lines = text.split("\n");
  if (lines.every((line) => /^[-*] /.test(line))) {
    return element("ul", {}, lines.map((line) => element("li", {}, inline(line.slice(2)))));
  }
  return element("p", {}, inline(lines.join(" ")));
}

export const rendered = (text) =>
  (text ?? "").split(/\n{2,}/).filter((part) => part.trim()).map((part) => block(part.trim()));
