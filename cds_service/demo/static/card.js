// A card as a clinician sees it.
import { element } from "./dom.js";
import { rendered } from "./markdown.js";

const WORDS = {
  info: ["i", "Information"],
  warning: ["!", "Warning"],
  critical: ["!", "Critical"],
};
const LOUDEST = ["critical", "warning", "info"];

const indicator = (card) => {
  const [sign, word] = WORDS[card.indicator] ?? WORDS.info;
  return element("p", { class: "indicator" },
    element("span", { class: "sign", "aria-hidden": "true" }, sign), word);
};

// The actions behind a button, told unless its label says the same.
function told(suggestion) {
  const said = (suggestion.actions ?? []).map((action) => action.description);
  return said.length > 1 ? element("span", { class: "does" }, said.join("; ")) : null;
}

function offered(card, accept) {
  const all = card.suggestions ?? [];
  if (!all.length) return null;
  const items = all.map((suggestion) => element("li", {},
    element("button", {
      type: "button",
      class: suggestion.isRecommended ? "take recommended" : "take",
      onclick: () => accept(card, suggestion),
    }, suggestion.label), told(suggestion)));
  const some = items.slice(0, 3);
  const more = items.slice(3);
  return element("div", { class: "offers" },
    element("ul", {}, some),
    more.length ? element("details", {},
      element("summary", {}, `${more.length} more`), element("ul", {}, more)) : null);
}

function dismissal(card, dismiss) {
  const reasons = (card.overrideReasons ?? []).map((reason, at) => element("label", {},
    element("input", { type: "radio", name: "override", value: at, required: true }),
    reason.display));
  const form = element("form", {
    onsubmit: (event) => {
      event.preventDefault();
      const at = new FormData(form).get("override");
      const comment = new FormData(form).get("comment").trim();
      dismiss(card, at === null ? null : card.overrideReasons[at], comment);
    },
  },
  element("fieldset", {}, element("legend", {}, "Why do you put it aside?"), reasons),
  element("label", { class: "comment" }, "Comment (optional)",
    element("input", { type: "text", name: "comment", maxlength: 200, autocomplete: "off" })),
  element("button", {}, "Dismiss the card"));
  return element("details", { class: "dismiss" }, element("summary", {}, "Dismiss"), form);
}

const links = (card) => (card.links ?? []).length
  ? element("ul", { class: "links", "aria-label": "Links" }, card.links.map((link) =>
    element("li", {}, element("a", { href: link.url, rel: "noreferrer" }, link.label))))
  : null;

const one = (card, { accept, dismiss }) => element("article",
  { class: `card ${card.indicator}`, "data-advise": advised(card)?.advise },
  indicator(card),
  element("h3", {}, card.summary),
  element("div", { class: "detail" }, rendered(card.detail)),
  offered(card, accept),
  // The detail names the sources with their links; what it leaves out stands here.
  card.detail?.includes("Source:") ? null : links(card),
  dismissal(card, dismiss));

// What the service says of the same to machines, under a name of its own.
export const advised = (card) =>
  Object.values(card.extension ?? {}).find((value) => value?.advise);

export const cardsShown = (cards, acts) => cards
  .toSorted((a, b) => LOUDEST.indexOf(a.indicator) - LOUDEST.indexOf(b.indicator))
  .map((card) => one(card, acts));
