const body = document.body;
const numbers = new Intl.NumberFormat("en");

async function refreshCounters() {
  const response = await fetch(body.dataset.stats, { headers: { Accept: "application/json" } });
  if (!response.ok || response.redirected) return;
  const stats = await response.json();
  for (const counter of document.querySelectorAll("[data-counter]")) {
    const value = stats[counter.dataset.counter];
    const text = value == null ? "–" : numbers.format(value);
    if (counter.textContent !== text) counter.textContent = text;
    counter.toggleAttribute("data-zero", !value);
  }
}

function poll() {
  const interval = Number(body.dataset.interval);
  if (!(interval > 0)) return;
  const next = () => setTimeout(async () => {
    // A server that is away for a moment must not end the polling.
    if (!document.hidden) await refreshCounters().catch(() => {});
    next();
  }, interval);
  next();
}

function watchSelection(form) {
  const all = form.querySelector("[data-select-all]");
  const boxes = [...form.querySelectorAll("input[type=checkbox][name]")];
  const selected = form.querySelector("[data-selected]");

  const update = () => {
    const count = boxes.filter(box => box.checked).length;
    all.checked = count > 0 && count === boxes.length;
    all.indeterminate = count > 0 && count < boxes.length;
    selected.textContent = count === 0 ? "" : `${count} selected`;
  };

  all.hidden = false;
  all.addEventListener("change", () => {
    for (const box of boxes) box.checked = all.checked;
    update();
  });
  form.addEventListener("change", update);
  update();
}

document.addEventListener("submit", event => {
  const question = event.submitter?.dataset.confirm;
  if (question && !confirm(question)) event.preventDefault();
});

document.querySelectorAll("form.bulk").forEach(watchSelection);
poll();
