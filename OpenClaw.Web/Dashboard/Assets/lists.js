// Filters, ticks and questions. Without this a filter has a button, and a question is closed by what opened it.

const tell = text => document.dispatchEvent(new CustomEvent('told', { detail: text }));

// A choice applies at once; what a person has typed meanwhile goes with it. Empty ones would only lengthen the address.
// The page stays, and so does the focus: a person may go through choices by the arrow keys.
let applied;

async function apply(form) {
  const given = [...new FormData(form)].filter(([, value]) => value !== '');
  const address = `${form.action.split('?')[0]}${given.length > 0 ? `?${new URLSearchParams(given)}` : ''}`;
  const mine = applied = {};
  try {
    const answer = await fetch(address, { headers: { 'X-Live': '1', Accept: 'text/html' }, redirect: 'manual' });
    const results = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('results');
    if (mine !== applied) return;
    if (!results) return location.assign(address);
    history.replaceState(null, '', address);
    document.getElementById('results').replaceWith(document.adoptNode(results));
    document.dispatchEvent(new Event('changed'));
  } catch {
    tell('Connection lost. Trying again …');
  }
}

let choosing;
for (const kind of ['input', 'change']) {
  document.addEventListener(kind, event => {
    if (!event.target.matches('form[data-apply] :is(select, input)')) return;
    clearTimeout(choosing);
    choosing = setTimeout(apply, kind === 'input' ? 350 : 0, event.target.form);
  });
}

document.addEventListener('change', event => {
  if (!event.target.matches('[data-all]')) return;
  for (const box of event.target.form.querySelectorAll('input[name="id"]')) box.checked = event.target.checked;
});

// How many an action is for, before it is done.
document.addEventListener('change', event => {
  if (!event.target.matches('[data-all], input[name="id"]')) return;
  const count = event.target.form.querySelectorAll('input[name="id"]:checked').length;
  for (const told of event.target.form.querySelectorAll('[data-ticked]')) told.textContent = count === 0 ? told.dataset.ticked : `With the ${count} ticked:`;
  const names = [...event.target.form.querySelectorAll('input[name="id"]:checked')].map(box => box.getAttribute('aria-label').replace(/^Tick /, ''));
  for (const told of event.target.form.querySelectorAll('[data-names]')) told.textContent = names.length === 0 ? told.dataset.names : `${names.slice(0, 10).join(', ')}${names.length > 10 ? ` and ${names.length - 10} more are` : names.length === 1 ? ' is' : ' are'}`;
  for (const told of event.target.form.querySelectorAll('[data-count]')) told.textContent = names.length === 0 ? told.dataset.count : `Stop ${names.length === 1 ? names[0] : `${names.length} agents`}`;
});

// A question stands before everything else until it is answered. Without this it is folded open where it is.
document.addEventListener('click', event => {
  event.target.closest('[data-close]')?.closest('dialog').close();
  const confirm = event.target.closest('.confirm > summary')?.parentElement;
  if (!confirm || confirm.open) return;
  event.preventDefault();
  const question = confirm.querySelector('dialog');
  question.removeAttribute('open');
  confirm.open = true;
  question.showModal();
});

document.addEventListener('close', event => {
  const confirm = event.target.closest('.confirm');
  if (!confirm) return;
  confirm.open = false;
  confirm.querySelector('summary').focus();
}, true);

// The clipboard is there on this machine and by https alone; elsewhere the text is marked and copied as by hand.
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const box = Object.assign(document.createElement('textarea'), { value: text });
  document.body.append(box);
  box.select();
  const done = document.execCommand('copy');
  box.remove();
  if (!done) throw new Error('refused');
}

document.addEventListener('click', async event => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const lines = source.dataset.whole ?? (source.matches('.trace') ? [...source.children].map(line => line.textContent).join('\n') : source.textContent);
  try {
    await copy(lines);
    tell('Copied.');
  } catch {
    tell('Your browser did not let it be copied.');
  }
});
