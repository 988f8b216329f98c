// @xapi/xapi writes and reads: statements, voiding, pages, state, profiles, agents, activities, about. Prints what it found.
import XAPI from "@xapi/xapi";

const [endpoint, key, secret] = process.argv.slice(2);
const client = new (XAPI.default ?? XAPI)({ endpoint, auth: (XAPI.default ?? XAPI).toBasicAuth(key, secret) });
const agent = { objectType: "Agent", mbox: "mailto:olena@example.org" };
const build = (at) => ({
  actor: { ...agent, name: "Олена" },
  verb: { id: "http://adlnet.gov/expapi/verbs/experienced", display: { fr: "a vécu" } },
  object: { id: `https://example.org/activities/${at}`, definition: { name: { fr: `Activité ${at}` } } },
});

const about = await client.getAbout();
const [first] = (await client.sendStatement({ statement: build(0) })).data;
const rest = (await client.sendStatements({ statements: [1, 2, 3].map(build) })).data;
const one = (await client.getStatement({ statementId: first })).data;
const page = (await client.getStatements({ agent, limit: 3, ascending: true })).data;
const more = (await client.getMoreStatements({ more: page.more })).data;
await client.voidStatement({ actor: agent, statementId: rest[2] });
const voided = (await client.getVoidedStatement({ voidedStatementId: rest[2] })).data;
const left = (await client.getStatements({ agent, verb: build(0).verb.id })).data.statements.filter((each) => each.verb.id === build(0).verb.id); // what voids is found by what it voided

const place = { agent, activityId: "https://example.org/activities/0", stateId: "place" };
await client.createState({ ...place, state: { at: 1 } });
await client.setState({ ...place, state: { at: 2, seen: true } });
const state = (await client.getState(place)).data;
await client.deleteState(place);
const states = (await client.getStates({ agent, activityId: place.activityId })).data;
await client.createAgentProfile({ agent, profileId: "looks", profile: { theme: "dark" } });
const profile = (await client.getAgentProfile({ agent, profileId: "looks" })).data;
const person = (await client.getAgent({ agent })).data;
const activity = (await client.getActivity({ activityId: place.activityId })).data;

console.log(
  JSON.stringify({
    versions: about.data.version,
    name: one.actor.name,
    order: [...page.statements, ...more.statements].map((each) => each.id).join() === [first, ...rest].join(),
    voided: voided.id === rest[2],
    left: left.map((each) => each.id).sort().join() === [first, rest[0], rest[1]].sort().join(),
    state,
    states,
    profile,
    mbox: person.mbox,
    title: activity.definition.name.fr,
  }),
);
