// The findings behind an answer, as a tree: criterion, answer, and what it rests on.
import { element } from "./dom.js";
import { advised } from "./card.js";

const spaced = (code) => code?.replaceAll("-", " ");

const SIGNS = { yes: "✓", no: "–", unknown: "?" };

function answer({ truth, unseen }) {
  return element("span", { class: `truth ${truth}` },
    element("span", { "aria-hidden": "true" }, SIGNS[truth]),
    unseen ? "unknown, not seen" : truth);
}

function basis(finding, open) {
  if (!finding.basis.length) return null;
  return element("ul", { class: "basis" }, finding.basis.map(({ reference, words }) =>
    element("li", {}, element("button", { type: "button", onclick: () => open(reference) },
      words, element("span", { class: "reference" }, ` ${reference}`)))));
}

// Parts are written when they are first looked at: the whole tree is long.
function node(finding, open) {
  const line = [answer(finding), " ", finding.title];
  if (!finding.parts.length) {
    return element("li", {}, element("p", { class: "leaf" }, line), basis(finding, open));
  }
  const parts = element("ul", { class: "tree" });
  const details = element("details", {}, element("summary", {}, line), parts);
  details.addEventListener("toggle", () => {
    if (!parts.children.length) parts.append(...finding.parts.map((part) => node(part, open)));
  });
  return element("li", {}, details, basis(finding, open));
}

const tree = (findings, open) =>
  element("ul", { class: "tree" }, findings.map((finding) => node(finding, open)));

function unseen(said) {
  const missing = said?.unseen ?? [];
  if (!missing.length) return null;
  return element("div", { class: "unseen" }, element("h3", {}, "Not seen"),
    element("ul", {}, missing.map(({ query, state, cause }) =>
      element("li", {}, element("code", {}, query), ` ${spaced(cause ?? state)}`))));
}

function summary(said) {
  const facts = [
    ["Advice", said.advise],
    ["Rule", said.rules?.join(", ") ?? said.rule],
    ["Protocol", spaced(said.protocol)],
    ["Urgency", said.urgency],
    ["Rated", spaced(said.appropriateness)],
  ].filter(([, value]) => value);
  return element("dl", { class: "facts" }, facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

// Few are shown at once; many wait for a click.
function group(name, findings, open, most) {
  if (!findings.length) return null;
  return element("details", { class: "rest", open: findings.length <= most },
    element("summary", {}, `${findings.length} ${name}`), tree(findings, open));
}

export function whyShown(explained, open) {
  const said = explained.response.cards.map(advised).find(Boolean);
  const findings = explained.orders.flatMap((order) => order.findings);
  const those = (truth) => findings.filter((finding) => finding.truth === truth);
  if (!findings.length) return [element("p", {}, "There was no spine MRI to judge.")];
  return [
    said ? summary(said) : null,
    unseen(said),
    group("answered yes", those("yes"), open, 20),
    group("not known", those("unknown"), open, 4),
    group("answered no", those("no"), open, 0),
  ].filter(Boolean);
}
