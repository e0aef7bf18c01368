// The request and the response as they were sent, to read and to copy.
import { element, pretty } from "./dom.js";

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

const curl = (url, body) =>
  `curl -s -H 'Content-Type: application/json' -d ${quoted(body)} ${url}`;

async function copy(text, button) {
  const before = button.dataset.label;
  try {
    await navigator.clipboard.writeText(text);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Not allowed: select and copy below";
  }
  setTimeout(() => { button.textContent = before; }, 2500);
}

const copier = (label, text) => element("button", {
  type: "button", "data-label": label, onclick: (event) => copy(text(), event.currentTarget),
}, label);

function part(title, text, buttons) {
  return element("details", {},
    element("summary", {}, title),
    element("p", { class: "copies" }, buttons),
    element("pre", { tabindex: 0, role: "region", "aria-label": title }, text));
}

export function wireShown({ url, body, status, response }) {
  const absolute = new URL(url, location.href).href;
  const sent = pretty(JSON.parse(body));
  const size = `${(new Blob([body]).size / 1024).toFixed(1)} kB`;
  return [
    part(`Request: POST ${url}, ${size}`, sent, [
      copier("Copy as curl", () => curl(absolute, body)),
      copier("Copy the request", () => sent),
    ]),
    part(`Response: ${status}`, pretty(response), [
      copier("Copy the response", () => pretty(response)),
    ]),
  ];
}
