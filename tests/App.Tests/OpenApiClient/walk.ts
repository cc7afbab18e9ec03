// A stranger's client: it knows nothing of the node but its OpenAPI document, from which another project's generator made
// the types in schema.d.ts.
import type { components, paths } from "./schema.js";

type Schemas = components["schemas"];
type Body<P extends keyof paths> = paths[P] extends {
  post: { requestBody: { content: { "application/json": infer B } } };
}
  ? B
  : never;
type Read<P extends keyof paths> = paths[P] extends {
  get: { responses: { 200: { content: { "application/json": infer A } } } };
}
  ? A
  : never;

// Given by whoever starts it; Node sets what the page of a browser would have.
declare const process: { argv: string[]; exitCode?: number };
const [root, token, now] = process.argv.slice(2) as [string, string, string];

function check(holds: boolean, what: string): asserts holds {
  if (!holds) {
    throw new Error(what);
  }
}

async function call(path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(root + path, {
    method: body === undefined ? "GET" : "POST",
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    body: body === undefined ? null : JSON.stringify(body),
  });
}

async function ok<T>(answer: Response, status: number): Promise<T> {
  const text = await answer.text();
  check(answer.status === status, `${answer.url}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

const later = (hours: number): string =>
  new Date(Date.parse(now) + hours * 3_600_000).toISOString().replace(".000Z", "Z");
const marking: Schemas["Marking"] = { distribution: "community", tlp: "green" };

// An offer, under a name that plans will use.
const offer: Body<"/api/v1/offers"> = {
  id: "offer-from-a-stranger",
  terms: {
    id: "offer-from-a-stranger",
    stakeholder: "relief",
    asset: "satellite terminals",
    quantity: 4,
    peoplePerUnit: 200,
    service: "messaging",
    groups: [],
    places: [{ country: "SD" }],
    networks: null,
    usableShare: 1,
    unitCostUsd: 900,
    leadDays: 3,
    untilOffered: null,
    clearances: [],
    conditions: [],
    exposure: 0,
    source: "the owner",
    origin: "reported",
  },
  earmarks: [],
  expires: later(240),
  marking,
};
const key = { "idempotency-key": "a-stranger-1" };
const made = await call("/api/v1/offers", offer, key);
type Offer = Read<"/api/v1/offers/{id}">;
const first = await ok<Offer>(made, 201);
const repeated = await call("/api/v1/offers", offer, key);
check(repeated.headers.get("idempotent-replayed") === "true", "the repetition was done again");
check((await ok<Offer>(repeated, 201)).id === first.id, "the repetition gave another offer");
check(first.state?.terms.quantity === 4, "the offer is another");

// A decision, and a position on the version that was read.
const ids: string[] = [];
for (let i = 0; i < 5; i++) {
  const question: Body<"/api/v1/decisions"> = {
    kind: "scale-up",
    question: `Do we go on, ${i}?`,
    subject: "offer/offer-from-a-stranger",
    quorumClasses: 2,
    deadline: later(48),
    appealWindow: "PT86400S",
    marking,
  };
  ids.push((await ok<Read<"/api/v1/decisions/{id}">>(await call("/api/v1/decisions", question), 201)).id);
}

const seen = await call(`/api/v1/decisions/${ids[0]}`);
const tag = seen.headers.get("etag");
check(tag !== null, "no ETag");
const unchanged = await call(`/api/v1/decisions/${ids[0]}`, undefined, { "if-none-match": tag });
check(unchanged.status === 304, `${unchanged.status} and not 304`);
const position: Body<"/api/v1/decisions/{id}/take-position"> = { stand: "support", reason: "people wait" };
const path = `/api/v1/decisions/${ids[0]}/take-position`;
await ok(await call(path, position, { "if-match": tag }), 200);
const stale = await ok<{ type?: string | null }>(await call(path, position, { "if-match": tag }), 412);
check(stale.type === "urn:breakwater:problem:stale", "a stale version is not told");

// A sealed text goes in as a text and comes out as the word that it is sealed.
const depot: Body<"/api/v1/fuel-depots"> = {
  parent: null,
  name: "a depot",
  fuel: "diesel",
  area: { country: "SD" },
  position: "15.5527N 32.5599E",
  origin: "reported",
  marking,
};
const opened = await ok<Read<"/api/v1/fuel-depots/{id}">>(await call("/api/v1/fuel-depots", depot), 201);
const sealedPosition = opened.state?.position;
check(typeof sealedPosition === "object" && sealedPosition?.sealed === true, "it is not sealed");

// The list, page by page.
type Page = Read<"/api/v1/decisions">;
const found: string[] = [];
let next: string | null = "";
while (next !== null) {
  const after: string = next === "" ? "" : `&after=${encodeURIComponent(next)}`;
  const page: Page = await ok<Page>(await call(`/api/v1/decisions?limit=2${after}`), 200);
  found.push(...page.items.map((item) => item.id));
  next = page.next;
}

check([...ids].reverse().join() === found.join(), `${found.length} of ${ids.length} decisions`);
console.log("walked");
