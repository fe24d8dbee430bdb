// Warns before a sign-in ends, and lets the person stay without losing what they have typed.

const SECOND = 1000;

// One dialog for the page. It never leaves the page by itself: typed words would go with it.
function makeDialog() {
  const dialog = document.createElement("dialog");
  dialog.className = "app-dialog";
  dialog.setAttribute("aria-labelledby", "session-heading");
  dialog.setAttribute("aria-describedby", "session-text");
  const heading = document.createElement("h2");
  heading.className = "govuk-heading-m";
  heading.id = "session-heading";
  const text = document.createElement("p");
  text.className = "govuk-body";
  text.id = "session-text";
  text.setAttribute("aria-live", "polite");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "govuk-button govuk-!-margin-bottom-0";
  dialog.append(heading, text, button);
  document.body.append(dialog);
  return { dialog, heading, text, button };
}

function inWords(seconds) {
  const minutes = Math.ceil(seconds / 60);
  return minutes === 1 ? "1 minute" : `${minutes} minutes`;
}

export function startSession(element) {
  const warnSeconds = Number(element.dataset.warnSeconds);
  let endsAt = Date.now() + Number(element.dataset.secondsLeft) * SECOND;
  let parts = null;
  let staying = true;

  function secondsLeft() {
    return (endsAt - Date.now()) / SECOND;
  }

  function say(heading, text, button) {
    parts ??= makeDialog();
    // Only when it changes, or a screen reader would repeat it.
    if (parts.text.textContent !== text) {
      parts.heading.textContent = heading;
      parts.text.textContent = text;
      parts.button.textContent = button;
    }
    if (!parts.dialog.open) {
      parts.dialog.showModal();
      parts.button.focus();
    }
  }

  function warn() {
    say(
      "You will soon be signed out",
      `For security, you will be signed out in ${inWords(secondsLeft())}. What you have typed stays on this page.`,
      "Stay signed in",
    );
    parts.button.onclick = stay;
    parts.dialog.oncancel = (event) => {
      event.preventDefault();
      stay();
    };
  }

  function over() {
    staying = false;
    say(
      "You have been signed out",
      "What you have typed is still on this page. Send it, sign in again, and it will be offered back to you.",
      "Close this message",
    );
    parts.button.onclick = () => parts.dialog.close();
    parts.dialog.oncancel = null;
  }

  async function stay() {
    try {
      const answer = await fetch(element.dataset.stayUrl, { headers: { Accept: "application/json" }, redirect: "manual" });
      if (!answer.ok) {
        over();
        return;
      }
      endsAt = Date.now() + (await answer.json()).secondsLeft * SECOND;
      parts.dialog.close();
    } catch {
      parts.text.textContent = "The service could not be reached. Check your connection, then try again.";
    }
  }

  setInterval(() => {
    if (!staying) return;
    if (secondsLeft() <= 0) over();
    else if (secondsLeft() <= warnSeconds) warn();
  }, SECOND);
}
