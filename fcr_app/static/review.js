// The auditor's screen: figures answer the question one is at, and what is said is saved at once.
// Without scripts its buttons do both.

export function startReview(form) {
  startSaving(form);
  startFigures(form);
}

function startSaving(form) {
  const told = form.querySelector("[data-review-told]");
  let saving = null;
  let again = false;
  let sent = false;

  const save = async () => {
    told.textContent = form.dataset.saving;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      const said = await answer.json();
      if (answer.ok) {
        form.elements.version.value = said.version;
        const now = new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
        told.textContent = `${form.dataset.saved} at ${now}`;
      } else {
        told.textContent = said.problem;
      }
    } catch {
      // Signed out, or no connection: the button sends it, and then the page says what is wrong.
      told.textContent = form.dataset.failed;
    }
  };

  // One save after another: each is told the version that the one before it made.
  const queue = async () => {
    if (saving) {
      again = true;
      return;
    }
    do {
      again = false;
      saving = save();
      await saving;
      saving = null;
    } while (again && !sent);
  };

  form.addEventListener("change", queue);
  form.addEventListener("submit", async (event) => {
    if (!saving) {
      sent = true;
      return;
    }
    event.preventDefault();
    sent = true;
    const button = event.submitter;
    await saving;
    form.requestSubmit(button);
  });
}

function startFigures(form) {
  for (const figure of form.querySelectorAll(".app-review__key")) {
    figure.hidden = false;
  }
  // Questions with figures, and lists from which something has to be chosen.
  const questions = () =>
    [...form.querySelectorAll("[data-review-question], [data-review-needed]")].filter(
      (one) => one.offsetParent,
    );
  const isList = (one) => one.matches("select");
  const unanswered = (one) => (isList(one) ? !one.value : !one.querySelector("input:checked"));
  const goTo = (question) => {
    if (!question || isList(question)) {
      question?.focus();
      return;
    }
    const radio = question.querySelector("input:checked") ?? question.querySelector("input");
    radio?.focus();
  };

  // A crime that was just added is what one goes on with.
  const added = form.querySelector("[data-review-crime]:target");
  if (added) {
    goTo(questions().find((one) => added.contains(one)));
  }

  document.addEventListener("keydown", (event) => {
    const box = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select");
    if (event.key === "Escape" && box && form.contains(box)) {
      box.blur();
      return;
    }
    const figure = Number(event.key);
    if (box || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (!Number.isInteger(figure) || figure < 1 || event.key === " ") return;
    const asked = questions();
    const here = event.target.closest?.("[data-review-question]");
    const figured = asked.filter((one) => !isList(one));
    const question = here ?? figured.find(unanswered) ?? figured[0];
    const radio = question?.querySelectorAll("input[type=radio]")[figure - 1];
    if (!radio) return;
    event.preventDefault();
    radio.checked = true;
    radio.dispatchEvent(new Event("change", { bubbles: true }));
    // What went wrong is asked below a crime only where something did, so look again.
    const now = questions();
    const rest = now.slice(now.indexOf(question) + 1);
    goTo(rest.find(unanswered) ?? now.find(unanswered));
    if (!now.some(unanswered)) {
      form.querySelector("[name=done]").focus();
    }
  });
}
