/** Talking to the server: one shape of answer, whatever went wrong. */

const RETRY = new Set([408, 409, 425, 429]);

/** `{ok, data}`, or `{away: true}` when it is worth trying again, or `{refused: true, say}` when it is not. */
export async function postJson(url, body, headers = {}) {
  const text = JSON.stringify(body);
  let answer;
  try {
    answer = await fetch(url, {
      method: "POST", credentials: "same-origin", cache: "no-store",
      headers: { "Content-Type": "application/json", Accept: "application/json", ...headers },
      // What is sent while the page closes still arrives; browsers allow this for small bodies only.
      body: text, keepalive: text.length < 30000, signal: AbortSignal.timeout?.(20000),
    });
  } catch {
    return { away: true, status: 0 };
  }
  const data = await answer.json().catch(() => null);
  if (answer.ok && data) return { ok: true, data };
  if (answer.ok || answer.status >= 500 || RETRY.has(answer.status)) return { away: true, status: answer.status, say: sentence(data) };
  return { refused: true, status: answer.status, say: sentence(data) };
}

/** What the server says to the person in an error. */
function sentence(data) {
  const error = data?.error ?? data ?? {};
  return [error.sentence, error.kept, error.next].filter(Boolean).join(" ");
}
