// The pages work without this. It looks again when the server says that something has changed, and puts what is new into
// the regions marked data-live, leaving alone what a person is doing there.

const connection = document.getElementById('connection');
const shortestPause = 1000;
let looking = false;
let lookAgain = false;
let lookedAt = 0;
let updatedAt = Date.now();
let note = 0;

function say(text, link) {
  if (connection.textContent === text) return;
  connection.classList.toggle('quiet', text === 'Copied.');
  connection.replaceChildren(text);
  if (!link) return;
  const anchor = Object.assign(document.createElement('a'), { href: link.href, textContent: link.text, target: '_blank' });
  connection.append(' ', anchor);
}

// A person may hold the page, by the button, or by having the pointer over a list or being further down in it: then no row moves.
const live = document.getElementById('live');
let paused = false;
let heldRows = 0;
let letThrough = false;

function showLive() {
  const held = heldRows > 0 ? `${heldRows} new` : null;
  live.textContent = paused ? 'Paused' : held ?? 'Live';
  live.classList.toggle('held', paused || held !== null);
  live.setAttribute('aria-pressed', paused);
}

live.addEventListener('click', () => {
  // What is held is shown; otherwise the page is held, or let go on.
  letThrough = !paused && heldRows > 0;
  if (!letThrough) paused = !paused;
  showLive();
  if (!paused) look();
});

const rowIds = region => [...region.querySelectorAll('tbody > tr[id]')].map(row => row.id);

// Rows that are there say what is new of them; those that come or go wait until the pointer has left.
function hold(region, fresh) {
  if (letThrough) return false;
  const list = region.querySelector('tbody:hover');
  const rows = region.querySelector('tbody');
  const box = rows?.closest('.scroll');
  const isBelow = rows && (box.scrollTop > 0 || rows.getBoundingClientRect().top < 0);
  if (!list && !isBelow) return false;
  const [shown, next] = [rowIds(region), rowIds(fresh)];
  if (shown.join() === next.join()) return false;
  for (const id of shown) {
    const now = fresh.querySelector(`#${CSS.escape(id)}`);
    if (now) morph(document.getElementById(id), now);
  }
  heldRows += next.filter(id => !shown.includes(id)).length;
  list?.addEventListener('mouseleave', look, { once: true });
  return true;
}

// Back at the top, what was held comes in.
document.addEventListener('scroll', event => {
  const top = event.target === document ? document.scrollingElement.scrollTop : event.target.scrollTop;
  if (heldRows > 0 && top === 0) look();
}, { capture: true, passive: true });

async function look() {
  if (paused) return;
  if (looking || document.hidden) {
    lookAgain = true;
    return;
  }
  looking = true;
  lookAgain = false;
  const wait = lookedAt + shortestPause - performance.now();
  if (wait > 0) await new Promise(done => setTimeout(done, wait));
  try {
    await refresh();
  } catch {
    say('Connection lost. Trying again …');
  } finally {
    lookedAt = performance.now();
    looking = false;
    if (lookAgain) look();
  }
}

// Of every page: the banner and the figures beside the names of pages.
const framed = new Set(['brakes', 'main-nav']);

async function refresh() {
  const regions = [...document.querySelectorAll('[data-live]')];
  if (regions.length === 0) return;
  // A page of which nothing else moves is not made anew for what is around it.
  const from = regions.every(region => framed.has(region.id)) ? document.body.dataset.brakesFrom : location.href;
  const answer = await fetch(from, { headers: { 'X-Live': '1', Accept: 'text/html' }, redirect: 'manual' });
  if (answer.type === 'opaqueredirect' || answer.status === 401) {
    say('You are signed out.', { href: document.body.dataset.signIn, text: 'Sign in' });
    return;
  }
  if (!answer.ok) throw new Error(answer.statusText);
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html');
  if (paused) return;
  heldRows = 0;
  for (const region of regions) {
    const now = fresh.getElementById(region.id);
    // The page that stands for it marks itself as the one that is shown.
    if (region.id === 'main-nav') for (const link of now?.querySelectorAll('a') ?? []) markCurrent(link, region);
    if (now && !hold(region, now)) morph(region, now);
  }
  letThrough = false;
  updatedAt = Date.now();
  showLive();
  showReplies();
  if (!note) say('');
  tell();
}

function markCurrent(link, shown) {
  const same = [...shown.querySelectorAll('a')].find(other => other.getAttribute('href') === link.getAttribute('href'));
  if (same?.hasAttribute('aria-current')) link.setAttribute('aria-current', 'page');
  else link.removeAttribute('aria-current');
}

// What a person has opened, ticked or typed is theirs.
const kept = new Set(['open', 'checked', 'value']);

function morph(old, fresh) {
  const following = old.matches('.talk') && isFollowing(old);
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && !kept.has(name)) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) {
    if ((!kept.has(name) || old.type === 'hidden') && old.getAttribute(name) !== value) old.setAttribute(name, value);
  }
  if (!old.matches('textarea, select')) morphChildren(old, fresh);
  if (following) old.scrollTop = old.scrollHeight;
}

function morphChildren(old, fresh) {
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same = next.id ? [...old.children].find(child => child.id === next.id) : at && !at.id && alike(at, next) ? at : null;
    if (!same) {
      old.insertBefore(next, at);
    } else {
      if (same === at) at = at.nextSibling;
      else old.insertBefore(same, at);
      if (same.nodeType === Node.ELEMENT_NODE) morph(same, next);
      else if (same.nodeValue !== next.nodeValue) same.nodeValue = next.nodeValue;
    }
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}

const alike = (a, b) => a.nodeType === b.nodeType && a.nodeName === b.nodeName;

// What agents are saying, by the message that they answer, until the page has the whole reply.
const growing = new Map();

function grow({ messageId, position, text }) {
  const reply = position > 0 && growing.get(messageId) || { text: '', end: 0 };
  // A page that was opened meanwhile, or was slow, lacks a part until then.
  if (position !== reply.end) reply.text += ' … ';
  reply.text += text;
  reply.end = position + text.length;
  growing.set(messageId, reply);
  showReplies();
}

function showReplies() {
  const talk = document.getElementById('talk');
  if (!talk) return;
  const following = isFollowing(talk);
  for (const [messageId, { text }] of growing) {
    const asked = document.getElementById(`message-${messageId}`);
    let shown = document.getElementById(`reply-${messageId}`);
    if (asked && !('open' in asked.dataset)) {
      growing.delete(messageId);
      shown?.remove();
    } else if (asked) {
      if (!shown) {
        shown = document.getElementById('growing-reply').content.firstElementChild.cloneNode(true);
        shown.id = `reply-${messageId}`;
        talk.append(shown);
      }
      shown.firstElementChild.textContent = text;
    }
  }
  if (following) talk.scrollTop = talk.scrollHeight;
}

const isFollowing = talk => talk.scrollHeight - talk.scrollTop - talk.clientHeight < 40;

function rough(seconds) {
  if (seconds < 60) return `${Math.floor(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 172800) return `${Math.floor(seconds / 3600)} h`;
  return `${Math.floor(seconds / 86400).toLocaleString('en')} d`;
}

// The server knows neither the reader's clock nor zone: without this, times are as old as the page, and UTC.
const two = number => String(number).padStart(2, '0');
const isUtc = document.documentElement.dataset.zone === 'UTC';
const day = at => isUtc ? at.toISOString().slice(0, 10) : `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;
const clock = at => isUtc ? at.toISOString().slice(11, 19) : `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
const zone = isUtc ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone || 'your own zone';
const utc = / ?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC/;

function put(element, text) {
  if (element.textContent !== text) element.textContent = text;
}

function tell() {
  const now = new Date();
  for (const time of document.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime);
    const [ago, exact] = [time.querySelector('[data-ago]'), time.querySelector('[data-exact]')];
    time.title = `${day(at)} ${clock(at)} ${zone}`;
    if (!exact && time.querySelector('[data-clock], [data-day]')) continue;
    if (!exact) {
      put(time, `${day(at)} ${clock(at)}`);
      continue;
    }
    const seconds = (now - at) / 1000;
    put(ago, Math.abs(seconds) < 5 ? 'now' : seconds > 0 ? `${rough(seconds)} ago` : `in ${rough(-seconds)}`);
    put(exact, day(at) === day(now) ? clock(at) : `${day(at)} ${clock(at).slice(0, 5)}`);
  }
  for (const title of document.querySelectorAll('title[data-at]')) {
    const at = new Date(title.dataset.at);
    put(title, title.textContent.replace(utc, found => `${found[0] === ' ' ? ' ' : ''}${day(at)} ${clock(at)}`));
  }
  for (const hour of document.querySelectorAll('[data-clock]')) put(hour, clock(new Date(hour.parentElement.dateTime)).slice(0, 5));
  for (const label of document.querySelectorAll('[data-day]')) put(label, day(new Date(label.parentElement.dateTime)).slice(5));
  live.title = `Updated ${rough((now - updatedAt) / 1000)} ago. ${paused ? 'Press to let the page go on.' : heldRows > 0 ? 'Press to show what is new.' : 'Press to hold the page.'}`;
  const named = document.getElementById('zone');
  if (named) put(named, isUtc ? 'Times are UTC.' : `Times are those of ${zone}.`);
}

let stream;

// A browser keeps six connections to a host: a page that nobody sees leaves its own to others, and looks when it is seen again.
function listen() {
  stream?.close();
  if (document.hidden) return;
  const agent = document.querySelector('[data-agent]')?.dataset.agent;
  stream = new EventSource(document.body.dataset.liveFrom + (agent ? `?agent=${agent}` : ''));
  // Something may have changed since the page was made, or while the connection was away.
  stream.addEventListener('open', look);
  stream.addEventListener('changed', look);
  stream.addEventListener('reply', event => grow(JSON.parse(event.data)));
  stream.addEventListener('error', () => {
    say('Connection lost. Trying again …');
    if (stream.readyState !== EventSource.CLOSED) return;
    look();
    setTimeout(listen, 3000);
  });
}

// A message is sent without leaving the page, and the box keeps the focus. When that fails, the text is still there.
document.addEventListener('submit', async event => {
  const form = event.target;
  if (!form.matches('form[data-stay]')) return;
  event.preventDefault();
  const box = form.querySelector('textarea');
  const sent = box.value;
  try {
    const answer = await fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form)), headers: { Accept: 'text/html', 'X-Live': '1' }, redirect: 'manual' });
    if (answer.status === 409 || answer.status === 403) return say(await answer.text());
    if (!answer.ok) throw new Error(answer.statusText);
    say('');
    if (box.value === sent) box.value = '';
    box.focus();
    look();
  } catch {
    say('That could not be sent. Try again.');
  }
});

document.addEventListener('keydown', event => {
  if (event.key !== 'Enter' || event.shiftKey || event.isComposing || !event.target.matches('[data-stay] textarea')) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});

// What the other scripts have to say, and the times that they have put into the page.
// A look that comes in between does not take it away before it could be read.
document.addEventListener('told', event => {
  clearTimeout(note);
  say(event.detail);
  note = setTimeout(() => { note = 0; say(''); }, 6000);
});
document.addEventListener('changed', tell);
document.addEventListener('visibilitychange', listen);

for (const talk of document.querySelectorAll('.talk')) talk.scrollTop = talk.scrollHeight;
tell();
setInterval(tell, 5000);
listen();
