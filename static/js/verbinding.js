// Watches every request of htmx. A board that silently stops refreshing is worse than none, and so is
// a form that silently stops saving: a bar appears, and it goes when the next request succeeds.

const strook = document.getElementById("geen-verbinding");
const nietOpgeslagen = document.getElementById("niet-opgeslagen");
const uitgelogd = document.getElementById("uitgelogd");

function show(element, aan) {
  if (element && element.hidden === aan) element.hidden = !aan;
}

// The login page and the page for the code have the bare frame; no answer to htmx has.
function isLoginPage(xhr) {
  return (xhr.responseText || "").includes('<body class="kaal">');
}

// Logging in again (in another tab) changes the CSRF token: without the new one the form on this
// page, with everything typed in it, could not be sent any more.
async function refreshToken() {
  const antwoord = await fetch(location.href);
  const pagina = new DOMParser().parseFromString(await antwoord.text(), "text/html");
  const kop = pagina.body.getAttribute("hx-headers");
  if (!antwoord.ok || !kop) return;
  document.body.setAttribute("hx-headers", kop);
  const token = JSON.parse(kop)["X-CSRFToken"];
  document.querySelectorAll("input[name=csrfmiddlewaretoken]").forEach((veld) => { veld.value = token; });
}

function isSaving(event) {
  return event.detail.requestConfig.verb !== "get";
}

function onLost(event) {
  show(strook, true);
  if (isSaving(event)) show(nietOpgeslagen, true);
}

document.addEventListener("htmx:sendError", onLost);
document.addEventListener("htmx:timeout", onLost);
document.addEventListener("htmx:responseError", (event) => {
  const { status } = event.detail.xhr;
  if (status === 401) show(uitgelogd, true);
  else if (!isSaving(event)) show(strook, true);
  else show(nietOpgeslagen, true);
  if (status === 403 && isSaving(event)) refreshToken();
});
document.addEventListener("htmx:afterRequest", (event) => {
  if (!event.detail.successful) return;
  show(strook, false);
  if (isSaving(event) && !isLoginPage(event.detail.xhr)) show(nietOpgeslagen, false);
  if (uitgelogd && !uitgelogd.hidden && !isLoginPage(event.detail.xhr)) {
    show(uitgelogd, false);
    refreshToken();
  }
});
window.addEventListener("offline", () => show(strook, true));
window.addEventListener("online", () => show(strook, false));

// An ended session answers a poll with a redirect to the login page. That page must not be put inside
// the board, and reloading would throw away what someone is typing: say it and offer the link.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr } = event.detail;
  if (!xhr || !isLoginPage(xhr)) return;
  if (event.detail.requestConfig && event.detail.requestConfig.boosted) return;
  event.detail.shouldSwap = false;
  show(uitgelogd, true);
  if (isSaving(event)) show(nietOpgeslagen, true);
});
