// Watches every request of htmx. A board that silently stops refreshing is worse than none, and so is
// a form that silently stops saving: a bar appears, and it goes when the next request succeeds. What
// saves itself ([data-bewaar]) is sent again until it has arrived.

const strook = document.getElementById("geen-verbinding");
const nietOpgeslagen = document.getElementById("niet-opgeslagen");
const uitgelogd = document.getElementById("uitgelogd");
const WACHT = 5000;
// The answers of a proxy whose server is away for a moment.
const EVEN_WEG = [502, 503, 504];
const onbewaard = new Set();
const herhaald = new WeakSet();
let klok;

function show(element, aan) {
  if (element && element.hidden === aan) element.hidden = !aan;
}

// The login page and the page for the code have the bare frame; no answer to htmx has.
function isLoginPage(xhr) {
  return (xhr.responseText || "").includes('<body class="kaal">');
}

function userOf(pagina) {
  const naam = pagina.querySelector(".kop__naam");
  return naam ? naam.textContent : "";
}

// Logging in again (in another tab) changes the CSRF token: without the new one the form on this
// page, with everything typed in it, could not be sent any more. Never in the name of someone else.
async function refreshToken() {
  try {
    const antwoord = await fetch(location.href);
    const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
    const kop = pagina.body.getAttribute("hx-headers");
    if (!antwoord.ok || !kop || userOf(pagina) !== userOf(document)) return false;
    document.body.setAttribute("hx-headers", kop);
    const token = JSON.parse(kop)["X-CSRFToken"];
    document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((veld) => { veld.value = token; });
    return true;
  } catch {
    return false;
  }
}

// Patients may not stay on the screen of somebody who went away. What was typed and not saved stays.
function leave() {
  const magWeg = window.dispatchEvent(new CustomEvent("spoed:mag-weg", { cancelable: true }));
  if (magWeg && !onbewaard.size && !document.querySelector("dialog[open]")) location.reload();
  else show(uitgelogd, true);
}

function onLoggedOut(event) {
  if (!isSaving(event)) leave();
  else {
    show(uitgelogd, true);
    onUnsaved(event);
  }
}

function isSaving(event) {
  return event.detail.requestConfig.verb !== "get";
}

function onUnsaved(event) {
  show(nietOpgeslagen, true);
  const { elt } = event.detail.requestConfig;
  if (!elt.matches("[data-bewaar]")) return;
  onbewaard.add(elt);
  clearTimeout(klok);
  klok = setTimeout(saveAgain, WACHT);
}

function saveAgain() {
  clearTimeout(klok);
  onbewaard.forEach((elt) => {
    if (elt.isConnected) window.htmx.trigger(elt, "bewaar");
    else onbewaard.delete(elt);
  });
}

// Refused before anything was done with it, so also a form that was sent by a button may go again.
async function sendAgain(event) {
  const { elt, triggeringEvent } = event.detail.requestConfig;
  const eerste = !herhaald.has(elt);
  if (!eerste || !(await refreshToken())) {
    herhaald.delete(elt);
    onUnsaved(event);
    return;
  }
  herhaald.add(elt);
  if (elt.matches("[data-bewaar]")) window.htmx.trigger(elt, "bewaar");
  else if (elt.matches("form")) elt.requestSubmit(triggeringEvent && triggeringEvent.submitter);
  else elt.click();
}

function onLost(event) {
  show(strook, true);
  if (isSaving(event)) onUnsaved(event);
}

function onSaved(elt) {
  onbewaard.delete(elt);
  herhaald.delete(elt);
  show(nietOpgeslagen, onbewaard.size > 0);
}

document.addEventListener("spoed:uitgelogd", leave);
document.addEventListener("htmx:sendError", onLost);
document.addEventListener("htmx:timeout", onLost);
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) onLoggedOut(event);
  else if (!isSaving(event)) show(strook, true);
  else if (status === 403) sendAgain(event);
  else if (EVEN_WEG.includes(status)) onUnsaved(event);
  else show(nietOpgeslagen, true);
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  show(strook, false);
  if (isLoginPage(event.detail.xhr)) return;
  const wasUitgelogd = uitgelogd && !uitgelogd.hidden;
  show(uitgelogd, false);
  if (isSaving(event)) onSaved(event.detail.requestConfig.elt);
  else if (wasUitgelogd) refreshToken().then(saveAgain);
  else saveAgain();
});
window.addEventListener("offline", () => show(strook, true));
window.addEventListener("online", () => {
  show(strook, false);
  saveAgain();
});

// An ended session answers a poll with a redirect to the login page. That page must not be put inside
// the board, and reloading would throw away what someone is typing: say it and offer the link.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!xhr || !isLoginPage(xhr)) return;
  if (event.detail.requestConfig && event.detail.requestConfig.boosted) return;
  event.detail.shouldSwap = false;
  show(uitgelogd, true);
  if (isSaving(event)) onUnsaved(event);
});
