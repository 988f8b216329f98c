// tincanjs writes and reads with callbacks: statements, pages, state. Prints what it found.
const TinCan = require("tincanjs");

const [endpoint, username, password] = process.argv.slice(2);
const lrs = new TinCan.LRS({ endpoint, username, password, allowFail: false });
const ask = (method, ...given) =>
  new Promise((resolve, reject) => {
    const last = given.length ? given[given.length - 1] : {};
    last.callback = (error, found) => (error === null ? resolve(found) : reject(new Error(`${method}: ${JSON.stringify(error)} ${found && found.responseText}`)));
    lrs[method](...given);
  });
const agent = new TinCan.Agent({ mbox: "mailto:samuel@example.org", name: "Samuel" });
const build = (at) =>
  new TinCan.Statement({
    actor: agent,
    verb: { id: "http://adlnet.gov/expapi/verbs/attempted", display: { en: "attempted" } },
    target: { id: `https://example.org/tincan/${at}` },
  });

async function run() {
  const made = [0, 1, 2].map(build);
  await ask("saveStatement", made[0], {});
  await ask("saveStatements", made.slice(1), {});
  const one = await ask("retrieveStatement", made[0].id, {});
  const page = await ask("queryStatements", { params: { agent, limit: 2, ascending: true } });
  const rest = await ask("moreStatements", { url: page.more });
  const activity = new TinCan.Activity({ id: "https://example.org/tincan/0" });
  await ask("saveState", "place", JSON.stringify({ at: 7 }), { agent, activity, contentType: "application/json" });
  const state = await ask("retrieveState", "place", { agent, activity });
  await ask("dropState", "place", { agent, activity });
  const gone = await ask("retrieveState", "place", { agent, activity });
  console.log(
    JSON.stringify({
      name: one.actor.name,
      order: [...page.statements, ...rest.statements].map((each) => each.id).join() === made.map((each) => each.id).join(),
      state: state.contents,
      gone: gone === null,
    }),
  );
}

run().catch((error) => {
  console.error(error);
  process.exitCode = 1;
});
