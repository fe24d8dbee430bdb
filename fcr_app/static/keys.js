// Single keys for people who review many cases in a row. The links and choices work without them.

export function startKeys(element) {
  element.hidden = false;
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
    if (typing || event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    const wanted = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!wanted) return;
    event.preventDefault();
    if (wanted.matches("a, button")) {
      wanted.click();
      return;
    }
    wanted.checked = true;
    wanted.dispatchEvent(new Event("change", { bubbles: true }));
    // On to the first thing that the choice asks for.
    const next = wanted.closest(".app-choice")?.querySelector("textarea, .app-choice__asks input");
    (next ?? wanted).focus();
  });
}
