// The drafts of the session: what is ordered, and what a suggestion does to them.

const reference = (draft) => `${draft.resourceType}/${draft.id}`;
const concept = (coding) => ({ coding: [coding], text: coding.display });

export class Drafts {
  constructor(start) {
    this.start = start;
    this.made = 0;
    this.all = [];
    this.begin();
  }

  begin() {
    const { order, priority, reasons } = this.start.draft;
    const coded = this.start.reasons.filter((one) => reasons.includes(one.id));
    this.main = this.#add({
      resourceType: "ServiceRequest",
      status: "draft",
      intent: "order",
      priority,
      code: concept(this.start.orders.find((one) => one.id === order).coding),
      subject: { reference: `Patient/${this.start.patientId}` },
      requester: { reference: this.start.userId },
      reasonCode: coded.map((one) => concept(one.coding)),
    });
  }

  #add(resource) {
    this.made += 1;
    const written = { id: `draft-${this.made}`, authoredOn: new Date().toISOString() };
    const draft = { ...resource, ...written };
    this.all.push(draft);
    return reference(draft);
  }

  get order() {
    return this.all.find((one) => reference(one) === this.main);
  }

  get beside() {
    return this.all.filter((one) => reference(one) !== this.main);
  }

  get references() {
    return this.all.map(reference);
  }

  // The choice whose code the draft has, if it is one of the menu's.
  chosen() {
    const codes = (this.order?.code?.coding ?? []).map((one) => `${one.system}|${one.code}`);
    return this.start.orders.find(({ coding }) => codes.includes(`${coding.system}|${coding.code}`));
  }

  choose(region, contrast) {
    const choice = this.start.orders.find((one) => one.region === region && one.contrast === contrast);
    if (choice) this.#change({ code: concept(choice.coding) });
  }

  prioritise(priority) {
    this.#change({ priority });
  }

  addReason({ id, words }) {
    const coded = this.start.reasons.find((one) => one.id === id);
    const reason = coded ? concept(coded.coding) : { text: words };
    this.#change({ reasonCode: [...(this.order.reasonCode ?? []), reason] });
  }

  dropReason(at) {
    this.#change({ reasonCode: this.order.reasonCode.filter((_, index) => index !== at) });
  }

  drop(named) {
    this.all = this.all.filter((one) => reference(one) !== named);
  }

  #change(members) {
    this.all = this.all.map((one) => (reference(one) === this.main ? { ...one, ...members } : one));
  }

  accept(suggestion) {
    for (const { type, resource, resourceId } of suggestion.actions ?? []) {
      if (type === "create") this.#add(resource);
      if (type === "delete") this.drop(resourceId);
      if (type === "update") {
        this.all = this.all.map((one) => (reference(one) === reference(resource) ? resource : one));
      }
    }
  }
}
