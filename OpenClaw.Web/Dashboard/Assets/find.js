// The box in the head, and keys that lead to pages. Without this the box is a form, and pages have links.

// One box over everything: what is found appears below it while a person types, and Enter leads to the same as a page.
const find = document.getElementById('find');
const finds = document.getElementById('finds');
let asked = '';

const choices = () => [...finds.querySelectorAll('.choice')];

function closeFinds() {
  finds.hidden = true;
  finds.replaceChildren();
}

async function showFinds() {
  const text = find.value.trim();
  asked = text;
  if (text.length < 2) return closeFinds();
  try {
    const answer = await fetch(`${find.form.action}?q=${encodeURIComponent(text)}`, { headers: { 'X-Live': '1', Accept: 'text/html' }, redirect: 'manual' });
    if (!answer.ok) return closeFinds();
    const found = new DOMParser().parseFromString(await answer.text(), 'text/html').getElementById('found');
    if (asked !== text || !found || document.activeElement !== find) return;
    finds.replaceChildren(...document.adoptNode(found).childNodes);
    finds.hidden = false;
  } catch {
    closeFinds();
  }
}

let typed;
find?.addEventListener('input', () => {
  clearTimeout(typed);
  typed = setTimeout(showFinds, 120);
});

find?.form.addEventListener('keydown', event => {
  const all = [find, ...choices()];
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!step || finds.hidden) return;
  event.preventDefault();
  all[(all.indexOf(document.activeElement) + step + all.length) % all.length].focus();
});

find?.form.addEventListener('focusout', event => {
  if (!find.form.contains(event.relatedTarget)) closeFinds();
});

function showKeys() {
  const dialog = Object.assign(document.createElement('dialog'), { className: 'ask', id: 'keys' });
  const title = Object.assign(document.createElement('h2'), { id: 'keys-title', textContent: 'Keys' });
  const pages = [...document.querySelectorAll('.side a[data-key]')].map(link => [`g ${link.dataset.key}`, link.firstChild.textContent.trim()]);
  const table = document.createElement('table');
  for (const texts of [['Ctrl K, /', 'Find, or command'], ...pages, ['Enter', 'Send a message; with Shift, begin a new line'], ['Escape', 'Close what is open'], ['?', 'These keys']]) {
    const [keys, does] = texts.map(textContent => Object.assign(document.createElement('td'), { textContent }));
    table.insertRow().append(keys, does);
  }
  const close = Object.assign(document.createElement('button'), { textContent: 'Close' });
  const form = Object.assign(document.createElement('form'), { method: 'dialog' });
  form.append(close);
  dialog.append(title, table, form);
  dialog.setAttribute('aria-labelledby', title.id);
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}

// g and a letter lead to a page; / and Ctrl K to the box; Escape closes what is open.
let going = -Infinity;

document.addEventListener('keydown', event => {
  const isTyping = event.target.closest('input, textarea, select');
  if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k' || event.key === '/' && !isTyping) {
    event.preventDefault();
    find.focus();
    find.select();
  } else if (event.key === 'Escape') {
    for (const open of document.querySelectorAll('.menu[open]')) {
      open.open = false;
      if (open.contains(document.activeElement)) open.querySelector('summary').focus();
    }
    if (!finds.hidden) {
      closeFinds();
      find.focus();
    }
  } else if (!isTyping && !event.ctrlKey && !event.metaKey && !event.altKey) {
    if (document.querySelector('dialog:modal')) return;
    if (event.key === '?') showKeys();
    else if (event.key === 'g') going = performance.now();
    else if (performance.now() - going < 1500) document.querySelector(`.side a[data-key="${CSS.escape(event.key)}"]`)?.click();
    if (event.key !== 'g') going = -Infinity;
  }
});

const here = document.querySelector('.side a[aria-current]');
if (here) here.closest('.side').scrollLeft = here.offsetLeft - 40;
