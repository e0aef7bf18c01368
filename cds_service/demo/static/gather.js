// Fill the service's prefetch templates from the FHIR endpoint, as an EHR does.

async function asked(url) {
  try {
    const told = await fetch(url, { headers: { Accept: "application/fhir+json" } });
    return told.ok ? await told.json() : null;
  } catch {
    return null;
  }
}

export async function findService(id) {
  const { services } = await (await fetch("/cds-services")).json();
  return services.find((service) => service.id === id);
}

// What failed is left out, as CDS Hooks wants it.
export async function gather(prefetch, { fhir, patientId }) {
  const queries = Object.entries(prefetch).map(async ([key, template]) => {
    const query = template.replaceAll("{{context.patientId}}", patientId);
    return [key, { query, answer: await asked(`${fhir}/${query}`) }];
  });
  return Object.fromEntries(await Promise.all(queries));
}

export const count = (answer) =>
  answer?.resourceType === "Bundle" ? (answer.entry ?? []).length : Number(Boolean(answer));

export function resourceIn(gathered, reference) {
  const all = Object.values(gathered).flatMap(({ answer }) =>
    answer?.entry ? answer.entry.map((entry) => entry.resource) : [answer]);
  return all.find((one) => one && `${one.resourceType}/${one.id}` === reference);
}
