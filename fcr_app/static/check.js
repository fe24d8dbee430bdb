// Asks the server, while somebody types, what the form would be refused for, and says it above the
// button. Only fields that were left are named, so that nobody is told of what is still to come.

const WAIT = 400;

export function startCheck(form) {
  const list = form.querySelector("[data-check-list]");
  const left = new Set();
  let timer = 0;
  let asked = 0;

  const show = (problems) => {
    const told = problems.filter(({ href }) => left.has(groupOf(href.slice(1))));
    list.hidden = told.length === 0;
    const items = told.map(({ text, href }) => {
      const link = document.createElement("a");
      link.className = "govuk-link";
      link.href = href;
      link.textContent = text;
      const item = document.createElement("li");
      item.append(link);
      return item;
    });
    const heading = document.createElement("p");
    heading.className = "govuk-body govuk-!-font-weight-bold";
    heading.textContent = "Still to be mended";
    const all = document.createElement("ul");
    all.className = "govuk-list";
    all.append(...items);
    list.replaceChildren(heading, all);
  };

  const ask = async () => {
    const mine = ++asked;
    const body = new FormData(form);
    body.append("only_check", "yes");
    try {
      const answer = await fetch(form.action, {
        method: "POST",
        body,
        headers: { Accept: "application/json" },
        redirect: "error",
      });
      if (answer.ok && mine === asked) {
        show((await answer.json()).problems);
      }
    } catch {
      // No answer changes nothing: the form is checked again when it is sent.
    }
  };

  form.addEventListener("focusout", (event) => {
    if (event.target.name) {
      left.add(groupOf(event.target.id));
      clearTimeout(timer);
      timer = setTimeout(ask, WAIT);
    }
  });
}

// The boxes of a moment and the buttons of a group count as one field.
function groupOf(id) {
  return id.replace(/-(day|month|year|time|which|pick|\d+)(-\d+)?$/, "");
}
