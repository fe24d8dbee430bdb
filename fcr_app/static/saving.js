// Saves the answer to one question as soon as it is given. Without scripts its button does.

const MORE = { birth: ["day", "month", "year"], age: ["years"], yes: ["effect"] };
const KIND_OF = { day: "birth", month: "birth", year: "birth", years: "age", effect: "yes" };

export function startSaving(form) {
  const told = form.querySelector("[data-saving-told]");
  const tag = form.querySelector("[data-saving-tag]");
  let asked = 0;

  const say = (text, isWrong) => {
    told.textContent = text;
    told.classList.toggle("govuk-error-message", isWrong);
    told.classList.toggle("app-ask__saved", !isWrong);
  };

  const save = async () => {
    const mine = ++asked;
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body: new FormData(form),
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      const said = await answer.json();
      if (mine !== asked) {
        return;
      }
      if (!answer.ok) {
        say(said.problem, true);
        return;
      }
      say(form.dataset.saved, false);
      tag.hidden = false;
      tag.textContent = said.settled ? form.dataset.settled : form.dataset.open;
      tag.className = `govuk-tag ${said.settled ? "govuk-tag--green" : "govuk-tag--grey"}`;
      showProgress(said);
    } catch {
      // Signed out, or no connection: the button sends it, and then the page says what is wrong.
      say(form.dataset.failed, true);
    }
  };

  form.addEventListener("change", (event) => {
    const kind = KIND_OF[event.target.name];
    const button = kind && form.querySelector(`input[name="answer"][value="${kind}"]`);
    if (button) {
      button.checked = true;
    }
    if (isWhole(form)) {
      save();
    } else {
      say("", false);
    }
  });
}

// A date of birth needs its three boxes, and "yes" its second half, before there is an answer.
function isWhole(form) {
  const data = new FormData(form);
  const needed = MORE[data.get("answer")] ?? [];
  return data.has("answer") && needed.every((name) => data.get(name));
}

function showProgress({ answered, asked, left_out: leftOut }) {
  for (const place of document.querySelectorAll("[data-answered]")) {
    place.textContent = place.dataset.answered
      .replace("{answered}", answered)
      .replace("{asked}", asked);
  }
  for (const question of document.querySelectorAll("[data-question]")) {
    question.hidden = leftOut.includes(question.dataset.question);
  }
  const thanks = document.getElementById("thanks");
  if (thanks) {
    thanks.hidden = answered < asked;
  }
}
