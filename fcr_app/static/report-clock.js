// Says how long a report's clock has run while it is being typed. The server decides; this speaks.

const MINUTE = 60000;
const LONDON = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/London",
  hourCycle: "h23",
  year: "numeric",
  month: "numeric",
  day: "numeric",
  hour: "numeric",
  minute: "numeric",
});

// Milliseconds by which London's wall clock is ahead of UTC at a moment.
function ahead(moment) {
  const part = Object.fromEntries(
    LONDON.formatToParts(moment).map(({ type, value }) => [type, Number(value)]),
  );
  const wall = Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute);
  return wall - Math.floor(moment / MINUTE) * MINUTE;
}

// The moment that the four boxes name, or NaN.
function typed(field) {
  const [day, month, year] = ["day", "month", "year"].map((part) =>
    Number(document.getElementById(`${field}-${part}`).value),
  );
  const time = /^\s*(\d{1,2})[:.]?(\d{2})\s*$/.exec(document.getElementById(`${field}-time`).value);
  if (!day || !month || year < 1900 || !time) {
    return NaN;
  }
  const wall = Date.UTC(year, month - 1, day, Number(time[1]), Number(time[2]));
  return wall - ahead(wall - ahead(wall));
}

function count(number, noun) {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

function length(milliseconds) {
  const minutes = Math.floor(milliseconds / MINUTE);
  const hours = Math.floor(minutes / 60);
  if (hours >= 48) {
    return count(Math.floor(hours / 24), "day");
  }
  return hours
    ? `${count(hours, "hour")} ${count(minutes % 60, "minute")}`
    : count(minutes, "minute");
}

export function startReportClock(element) {
  const { field, hours, now } = element.dataset;
  const fromHere = Date.now() - Date.parse(now);
  const tell = () => {
    const reported = typed(field);
    const passed = Date.now() - fromHere - reported;
    if (Number.isNaN(passed) || passed < 0 || !Number(hours)) {
      return;
    }
    const left = Number(hours) * 60 * MINUTE - passed;
    const light = left < 0 ? "red" : passed * 2 >= passed + left ? "amber" : "green";
    element.className = `app-report-clock app-light app-light--${light}`;
    const said = `The clock has run for ${length(passed)}. `;
    const text =
      said +
      (left < 0
        ? `It is ${length(-left)} past the limit: say why when you record the crime.`
        : `${length(left)} left to record it.`);
    if (element.textContent !== text) {
      element.textContent = text;
    }
  };
  tell();
  setInterval(tell, 10000);
  element.closest("form").addEventListener("input", tell);
}
