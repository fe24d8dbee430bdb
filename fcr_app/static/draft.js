// Saves a form while it is written, so that closing the page or losing the signal costs little.

const PAUSE = 2000; // milliseconds without a key, before it is worth asking the server

export function startDraft(form) {
  const said = form.querySelector("[data-draft-said]");
  const leaving = new AbortController();
  let timer = null;
  let stopped = false;

  function words() {
    return new URLSearchParams(new FormData(form));
  }

  let saved = words().toString();

  async function save() {
    const now = words();
    if (stopped || now.toString() === saved) return;
    saved = now.toString();
    now.set("quietly", "yes");
    try {
      // Kept alive, so that it arrives even when the page is left.
      const answer = await fetch(form.action, { method: "POST", body: now, redirect: "manual", keepalive: true, signal: leaving.signal });
      // Whatever else it says is for the person to read, and asking again would not change it.
      stopped = answer.status !== 204;
      const time = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "Europe/London" });
      said.textContent = stopped ? "Not saved. Continue, to see why." : `Saved at ${time}.`;
    } catch {
      saved = "";
      said.textContent = "Not saved yet: the service could not be reached.";
    }
  }

  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(save, PAUSE);
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") save();
  });
  // The form is on its way as a whole: nothing older may arrive after it.
  form.addEventListener("submit", () => {
    stopped = true;
    leaving.abort();
  });
}
