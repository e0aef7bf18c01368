// The order-entry screen: every change of the draft is a call, as an EHR makes it.
import { cardsShown } from "./card.js";
import { element, find, pretty, show, uuid } from "./dom.js";
import { Drafts } from "./drafts.js";
import { count, findService, gather, resourceIn } from "./gather.js";
import { whyShown } from "./why.js";
import { wireShown } from "./wire.js";

const start = JSON.parse(find("#start").textContent);
const drafts = new Drafts(start);
const withheld = new Set();
const instance = uuid();
let service;
let gathered = {};
let calls = 0;

const post = async (url, body) => {
  const began = performance.now();
  const told = await fetch(url, {
    method: "POST", headers: { "Content-Type": "application/json" }, body,
  });
  const response = await told.json();
  const took = performance.now() - began;
  return { url, body, status: told.status, response, took };
};
const ms = (time) => (time < 10 ? `${time.toFixed(1)} ms` : `${Math.round(time)} ms`);

// Without fhirServer, lest the service fetch what is withheld here.
function request() {
  const sent = Object.entries(gathered).filter(([key, { answer }]) => answer && !withheld.has(key));
  return {
    hook: service.hook,
    hookInstance: instance,
    context: {
      userId: start.userId,
      patientId: start.patientId,
      selections: drafts.references,
      draftOrders: {
        resourceType: "Bundle",
        type: "collection",
        entry: drafts.all.map((resource) => ({ resource })),
      },
    },
    prefetch: Object.fromEntries(sent.map(([key, { answer }]) => [key, answer])),
  };
}

async function call() {
  calls += 1;
  const mine = calls;
  showOrder();
  const body = JSON.stringify(request());
  const done = await post(`/cds-services/${service.id}`, body);
  if (mine !== calls) return;
  showAnswer(done);
  const why = await post(`/demo/explain?service=${service.id}`, body);
  if (mine === calls && why.status === 200) show(find("#why"), whyShown(why.response, openResource));
}

function showAnswer(done) {
  const cards = done.response.cards ?? [];
  const number = cards.length === 1 ? "1 card" : `${cards.length} cards`;
  const failed = done.status === 200 ? "" : `, HTTP ${done.status}`;
  find("#timing").textContent = `Answered in ${ms(done.took)}: ${number}${failed}`;
  show(find("#cards"), cards.length ? cardsShown(cards, { accept, dismiss }) : [nothing(done)]);
  show(find("#wire"), wireShown(done));
}

function nothing({ status, response }) {
  if (status !== 200) return element("pre", { tabindex: 0, class: "notice" }, pretty(response));
  const again = () => { drafts.begin(); call(); find("#advice-title").focus(); };
  return element("div", { class: "quiet" },
    element("p", {}, "The service has nothing to say about these orders."),
    drafts.order ? null : element("button", { type: "button", onclick: again }, "Draft the MRI again"));
}

async function tell(item) {
  const outcomeTimestamp = new Date().toISOString();
  const body = JSON.stringify({ feedback: [{ ...item, outcomeTimestamp }] });
  const done = await post(`/cds-services/${service.id}/feedback`, body);
  const known = done.status === 200 ? "acknowledged" : `refused, HTTP ${done.status}`;
  find("#feedback").textContent = `Feedback “${item.outcome}” ${known} in ${ms(done.took)}.`;
  find("#advice-title").focus();
}

async function accept(card, suggestion) {
  drafts.accept(suggestion);
  const told = tell({
    card: card.uuid, outcome: "accepted", acceptedSuggestions: [{ id: suggestion.uuid }],
  });
  await Promise.all([told, call()]);
}

async function dismiss(card, reason, userComment) {
  calls += 1;
  const overrideReason = { ...(reason && { reason }), ...(userComment && { userComment }) };
  const why = reason ? `: ${reason.display}` : "";
  show(find("#cards"), element("div", { class: "quiet" },
    element("p", {}, `Dismissed${why}.`),
    element("button", { type: "button", onclick: call }, "Ask again")));
  await tell({ card: card.uuid, outcome: "overridden", overrideReason });
}

// The button goes with its chip, so the focus moves on to what is named by *next*.
const chip = (name, drop, next) => element("li", {}, name, element("button", {
  type: "button",
  "aria-label": `Remove ${name}`,
  onclick: () => { drop(); call(); find(next).focus(); },
}, "×"));
const worded = (concept) => concept?.text ?? concept?.coding?.[0]?.display ?? "?";

function showOrder() {
  const { order, beside } = drafts;
  const choice = drafts.chosen();
  find("#drafted").textContent = order ? `${worded(order.code)}, ${order.priority ?? "routine"}` : "nothing";
  for (const input of find("#order").querySelectorAll("input[type=radio]")) {
    const held = input.name === "priority" ? order?.priority ?? "routine" : choice?.[input.name];
    input.checked = input.value === held;
  }
  find("#order").toggleAttribute("inert", !order);
  show(find("#reasons"), (order?.reasonCode ?? []).map((reason, at) =>
    chip(worded(reason), () => drafts.dropReason(at), "#reason")));
  find("#beside").hidden = !beside.length;
  show(find("#beside ul"), beside.map((one) =>
    chip(worded(one.code), () => drafts.drop(`${one.resourceType}/${one.id}`), "#advice-title")));
}

function showKeys() {
  show(find("#keys"), Object.entries(gathered).map(([key, { answer }]) => element("label", {},
    element("input", {
      type: "checkbox", role: "switch", checked: true, name: key,
      onchange: ({ target }) => {
        if (target.checked) withheld.delete(key); else withheld.add(key);
        call();
      },
    }),
    element("span", {}, key, " ", element("small", {}, answer ? count(answer) : "failed")))));
}

async function openResource(reference) {
  const drafted = drafts.all.find((one) => `${one.resourceType}/${one.id}` === reference);
  const found = drafted ?? resourceIn(gathered, reference)
    ?? await (await fetch(`${start.fhir}/${reference}`)).json();
  find("#resource-title").textContent = reference;
  find("#resource pre").textContent = pretty(found);
  find("#resource-link").href = `${start.fhir}/${reference}`;
  find("#resource-link").hidden = Boolean(drafted);
  find("#resource").showModal();
}

function listen() {
  find("#order").addEventListener("submit", (event) => event.preventDefault());
  find("#order").addEventListener("change", ({ target, currentTarget }) => {
    const form = new FormData(currentTarget);
    if (target.name === "priority") drafts.prioritise(target.value);
    else if (target.name === "region" || target.name === "contrast") {
      drafts.choose(form.get("region"), form.get("contrast"));
    } else if (target.id === "reason" && target.value) {
      drafts.addReason({ id: target.value });
      target.value = "";
    } else return;
    call();
  });
  const words = find("#words");
  const addWords = () => {
    if (!words.value.trim()) return;
    drafts.addReason({ words: words.value.trim() });
    words.value = "";
    call();
  };
  find("#add-words").addEventListener("click", addWords);
  words.addEventListener("keydown", (event) => {
    if (event.key === "Enter") { event.preventDefault(); addWords(); }
  });
  find(".chart").addEventListener("click", ({ target }) => {
    const { reference } = target.closest("[data-reference]")?.dataset ?? {};
    if (reference) openResource(reference);
  });
}

async function begin() {
  listen();
  showOrder();
  service = await findService(start.service);
  gathered = await gather(service.prefetch, start);
  showKeys();
  await call();
}

addEventListener("unhandledrejection", () => {
  show(find("#cards"));
  find("#timing").textContent = "The service does not answer.";
});
begin();
