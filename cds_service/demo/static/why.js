// The findings behind an answer, as a tree: criterion, answer, and what it rests on.
import { element } from "./dom.js";
import { advised } from "./card.js";

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
    element("ul", {}, missing.map(({ query, state }) =>
      element("li", {}, element("code", {}, query), ` ${state.replaceAll("-", " ")}`))));
}

function summary(said) {
  const facts = [
    ["Advice", said.advise],
    ["Rule", said.rules?.join(", ") ?? said.rule],
    ["Protocol", said.protocol?.replaceAll("-", " ")],
    ["Urgency", said.urgency],
    ["Rated", said.appropriateness?.replaceAll("-", " ")],
  ].filter(([, value]) => value);
  return element("dl", { class: "facts" }, facts.map(([name, value]) =>
    element("div", {}, element("dt", {}, name), element("dd", {}, value))));
}

export function whyShown(explained, open) {
  const said = explained.response.cards.map(advised).find(Boolean);
  const findings = explained.orders.flatMap((order) => order.findings);
  const open_ = findings.filter(({ truth }) => truth !== "no");
  const no = findings.filter(({ truth }) => truth === "no");
  if (!findings.length) return [element("p", {}, "There was no spine MRI to judge.")];
  return [
    said ? summary(said) : null,
    unseen(said),
    element("h3", {}, "Answered yes, or not known"),
    tree(open_, open),
    element("details", { class: "rest" },
      element("summary", {}, `${no.length} answered no`), tree(no, open)),
  ].filter(Boolean);
}
