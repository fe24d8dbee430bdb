// Makes pages a little easier where scripts run. Every page works without this file.
import { initAll as startGovuk } from "./build/govuk-frontend.min.js";
import { initAll as startMoj } from "./build/moj-frontend.min.js";
import { startCheck } from "./check.js";
import { startDraft } from "./draft.js";
import { startSaving } from "./saving.js";
import { startKeys } from "./keys.js";
import { startReview } from "./review.js";
import { startReportClock } from "./report-clock.js";
import { startSession } from "./session.js";

startGovuk();
startMoj();

for (const element of document.querySelectorAll('[data-module="app-session"]')) {
  startSession(element);
}

for (const form of document.querySelectorAll('[data-module="app-draft"]')) {
  startDraft(form);
}

for (const element of document.querySelectorAll('[data-module="app-report-clock"]')) {
  startReportClock(element);
}

for (const element of document.querySelectorAll('[data-module="app-keys"]')) {
  startKeys(element);
}

for (const form of document.querySelectorAll('[data-module="app-check"]')) {
  startCheck(form);
}

for (const form of document.querySelectorAll('[data-module="app-saving"]')) {
  startSaving(form);
}

for (const form of document.querySelectorAll('[data-module="app-review"]')) {
  startReview(form);
}
